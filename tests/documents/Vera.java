import java.io.FileInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Asks veraPDF whether files keep their standards, all in one run of the machine.
 *
 * <p>Arguments: flavours (ua1, 2a, ...) and files (*.pdf). One line for each flavour of each file: PASS, FAIL or ERROR,
 * flavour, file; below a FAIL, one indented line for each broken rule with its first place. Exit 1 when any failed.
 */
public final class Vera {
  private Vera() {}

  public static void main(String[] arguments) {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    List<PDFAFlavour> flavours = new ArrayList<>();
    List<String> files = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.endsWith(".pdf")) {
        files.add(argument);
      } else {
        flavours.add(flavour(argument));
      }
    }
    boolean kept = true;
    for (String file : files) {
      for (PDFAFlavour flavour : flavours) {
        kept &= check(file, flavour);
      }
    }
    System.exit(kept ? 0 : 1);
  }

  private static PDFAFlavour flavour(String name) {
    PDFAFlavour found = PDFAFlavour.byFlavourId(name);
    if (found == null || found == PDFAFlavour.NO_FLAVOUR) {
      throw new IllegalArgumentException("No such standard: " + name);
    }
    return found;
  }

  private static boolean check(String file, PDFAFlavour flavour) {
    try (InputStream stream = new FileInputStream(file);
        PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
      ValidationResult result = validator.validate(parser);
      System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + flavour.getId() + " " + file);
      broken(result).forEach((rule, words) -> System.out.println("    " + rule + " " + words));
      return result.isCompliant();
    } catch (Exception | Error trouble) {
      System.out.println("ERROR " + flavour.getId() + " " + file + " " + trouble);
      return false;
    }
  }

  private static Map<String, String> broken(ValidationResult result) {
    Map<String, String> first = new TreeMap<>();
    for (TestAssertion assertion : result.getTestAssertions()) {
      if (assertion.getStatus() == TestAssertion.Status.FAILED) {
        String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
        String message = assertion.getErrorMessage() == null ? assertion.getMessage() : assertion.getErrorMessage();
        first.putIfAbsent(rule, message + " @ " + assertion.getLocation().getContext());
      }
    }
    return first;
  }
}
