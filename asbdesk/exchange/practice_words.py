"""What the practice plan says in another language than English: an interpreter would have written it."""

from __future__ import annotations

IN_OWN_WORDS = {
    "ur": (
        (
            "I was hit on the stairs. A few days later my windows were smashed.",
            "مجھے سیڑھیوں پر مارا گیا۔ چند دن بعد میری کھڑکیاں توڑ دی گئیں۔",
        ),
        ("We cannot promise what a court will decide", "ہم یہ وعدہ نہیں کر سکتے کہ عدالت کیا فیصلہ کرے گی"),
        (
            "Only a judge can. We will tell you what we ask for.",
            "یہ صرف جج کر سکتا ہے۔ ہم جو مانگیں گے وہ آپ کو بتائیں گے۔",
        ),
        ("We can talk with you about moving home.", "ہم گھر بدلنے کے بارے میں آپ سے بات کر سکتے ہیں۔"),
    )
}
