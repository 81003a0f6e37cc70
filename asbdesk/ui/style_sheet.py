"""The style sheet, a template over the tokens of `theme.py` (colours by name, `t15` type sizes, `g44` distances).

`h18` and `i18` are `g18` less the one or two pixels by which a border grows with the focus: words stay where they are.
"""

STYLE = """
QMainWindow, QDialog, QWidget#page, QWidget#root { background: %(bg)s; }
QScrollArea, QScrollArea > QWidget > QWidget#scrollbody, QStackedWidget { background: transparent; border: none; }
QLabel { color: %(ink)s; background: transparent; font-size: %(t15)s; }
QLabel[role="display"] { font-size: %(t24)s; font-weight: 700; }
QLabel[role="h1"] { font-size: %(t24)s; font-weight: 700; }
QLabel[role="h2"] { font-size: %(t17)s; font-weight: 700; }
QLabel[role="h3"] { font-size: %(t15)s; font-weight: 600; }
QLabel[role="question"] { font-size: %(t17)s; font-weight: 700; }
QLabel[role="big"] { font-size: %(t19)s; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="body"] { font-size: %(t14)s; color: %(body)s; }
QLabel[role="small"] { font-size: %(t13)s; }
QLabel[role="muted"] { font-size: %(t14)s; color: %(muted)s; }
QLabel[role="smallmuted"] { font-size: %(t13)s; color: %(muted)s; }
QLabel[role="overline"] { font-size: %(t12)s; font-weight: 600; color: %(muted)s; letter-spacing: 0.4px; }
QLabel[role="code"] { font-size: %(t22)s; font-weight: 600; letter-spacing: 1px; }
QLabel[role="aloud"] { font-size: %(t17)s; color: %(ink)s; }
QLabel[tone="red"] { color: %(red)s; }
QLabel[tone="amber"] { color: %(amber)s; }
QLabel[tone="green"] { color: %(green)s; }
QLabel[tone="blue"] { color: %(blue)s; }
QLabel[tone="grey"] { color: %(muted)s; }
QLabel[tone="accent"] { color: %(accent)s; }
QLabel[pill="red"] { background: %(redbg)s; color: %(red)s; }
QLabel[pill="amber"] { background: %(amberbg)s; color: %(amber)s; }
QLabel[pill="green"] { background: %(greenbg)s; color: %(green)s; }
QLabel[pill="blue"] { background: %(bluebg)s; color: %(blue)s; }
QLabel[pill="grey"] { background: %(greybg)s; color: %(grey)s; }
QLabel[pill] { border-radius: %(r10)s; padding: 3px %(g10)s; font-size: %(t13)s; font-weight: 600; }
QFrame[card="card"] { background: %(card)s; border: 1px solid %(line)s; border-radius: 12px; }
QFrame[card="inner"] { background: %(card)s; border: 1px solid %(line)s; border-radius: 10px; }
QFrame[card="chosen"] { background: %(accentbg)s; border: 2px solid %(accent)s; border-radius: 10px; }
QFrame[card="soft"] { background: %(accentbg)s; border: none; border-radius: 10px; }
QFrame[card="ask"] { background: %(amberbg)s; border: none; border-radius: 10px; }
QFrame[card="rule"] { background: %(redbg)s; border: none; border-radius: 10px; }
QFrame[card="danger"] { background: %(redbg)s; border: 1px solid %(redline)s; border-radius: 10px; }
QFrame[card="now"] { background: %(card)s; border: 2px solid %(red)s; border-radius: 12px; }
QFrame#banner { border-radius: 0; border-width: 0 0 1px 0; }
QFrame[card="good"] { background: %(greenbg)s; border: none; border-radius: 10px; }
QFrame[rule="line"] { background: %(line)s; border: none; min-height: 1px; max-height: 1px; }
QFrame#header { background: %(card)s; border: none; border-bottom: 1px solid %(line)s; }
QFrame#footer { background: %(card)s; border: none; border-top: 1px solid %(line)s; }
QFrame#list { background: %(card)s; border: none; border-right: 1px solid %(line)s; }
QFrame#nav { background: %(nav)s; border: none; }
QFrame#nav QLabel { color: %(navtext)s; }
QFrame#nav QLabel[role="brand"] { color: %(navink)s; font-size: %(t19)s; font-weight: 700; }
QFrame#nav QLabel[role="panel"] { color: %(navink)s; font-size: %(t15)s; font-weight: 700; }
QFrame#nav QLabel[role="panelsmall"] { font-size: %(t13)s; }
QFrame#nav QPushButton { color: %(navtext)s; background: transparent; border: 2px solid transparent;
  border-radius: 10px;
  text-align: left; padding: 0 %(g12)s; min-height: %(g46)s; font-size: %(t15)s; font-weight: 500; }
QFrame#nav QPushButton[compact="true"] { padding: 0; text-align: center; }
QFrame#nav QPushButton:hover { background: %(navpanel)s; }
QFrame#nav QPushButton:checked { background: %(navhi)s; color: %(navink)s; font-weight: 600; }
QFrame#nav QPushButton:focus { border: 2px solid %(focus)s; }
QFrame#offline { background: %(navpanel)s; border-radius: 10px; }
QListView { background: transparent; border: none; outline: 0; }
QPushButton { min-height: %(g44)s; padding: 0 %(g18)s; border-radius: 9px; font-size: %(t15)s;
  font-weight: 600;
  color: %(ink)s; background: %(card)s; border: 1px solid %(field)s; }
QPushButton:hover { background: %(hover)s; }
QPushButton:pressed { background: %(press)s; }
QPushButton:disabled { color: %(muted)s; background: %(bg)s; border: 1px dashed %(field)s; }
QPushButton[kind="primary"] { color: %(onaccent)s; background: %(accent)s; border: 1px solid %(accent)s; }
QPushButton[kind="primary"]:hover { background: %(accenthi)s; }
QPushButton[kind="primary"]:pressed { background: %(accenthi)s; }
QPushButton[kind="primary"]:disabled { color: %(muted)s; background: %(bg)s; border: 1px dashed %(field)s; }
QPushButton[kind="danger"] { color: %(red)s; border: 1px solid %(red)s; }
QPushButton[kind="quiet"] { border: 1px solid transparent; background: transparent; color: %(accent)s;
  padding: 0 %(g10)s; }
QPushButton[kind="quiet"][small="true"] { padding: 0 %(g4)s; font-size: %(t14)s; }
QPushButton[kind="quiet"]:hover { background: %(accentbg)s; }
QPushButton[kind="quiet"]:checked { background: %(accentbg)s; border: 1px solid %(accent)s; }
QPushButton[kind="card"] { text-align: left; padding: 0 %(g16)s; font-weight: 500; }
QPushButton[bare="true"] { padding: 0; }
QPushButton[big="true"] { min-height: %(g54)s; padding: 0 %(g26)s; font-size: %(t16)s; }
QPushButton:focus, QLineEdit:focus, QTextEdit:focus, QPlainTextEdit:focus { border: 2px solid %(ring)s;
  background-color: %(focusbg)s; }
QPushButton:focus { padding: 0 %(h18)s; } QPushButton[big="true"]:focus { padding: 0 %(h26)s; }
QPushButton[kind="quiet"]:focus { padding: 0 %(h10)s; } QPushButton[kind="card"]:focus { padding: 0 %(h16)s; }
QPushButton[kind="quiet"][small="true"]:focus { padding: 0 %(h4)s; }
QPushButton[kind="primary"]:focus { padding: 0 %(i18)s; }
QPushButton[kind="primary"][big="true"]:focus { padding: 0 %(i26)s; }
QPushButton[bare="true"]:focus { padding: 0; } QLineEdit:focus { padding: 0 %(h12)s; }
QLineEdit[search="true"]:focus { padding-left: %(h34)s; }
QPushButton[kind="primary"]:focus { border: 3px solid %(focus)s; background: %(accenthi)s; color: %(onaccent)s; }
QPushButton[kind="quiet"]:focus { border: 2px solid %(ring)s; color: %(ink)s; }
QLineEdit, QTextEdit, QPlainTextEdit { background: %(input)s; border: 1px solid %(field)s; border-radius: 9px;
  padding: 0 %(g12)s;
  min-height: %(g44)s; font-size: %(t15)s; color: %(ink)s; selection-background-color: %(accent)s;
  selection-color: %(onaccent)s; }
QTextEdit, QPlainTextEdit { padding: 8px %(g10)s; }
QLineEdit, QTextEdit { placeholder-text-color: %(muted)s; }
QTextEdit[words="true"] { font-size: %(t17)s; }
QLineEdit[wrong="true"], QTextEdit[wrong="true"] { border: 2px solid %(red)s; }
QLineEdit[search="true"] { padding-left: %(g34)s; }
QPushButton[kind="tab"] { background: transparent; color: %(muted)s; border: none; border-bottom: 3px solid transparent;
  border-radius: 0; padding: 0 %(g8)s; min-height: 46px; font-weight: 600; }
QPushButton[kind="tab"]:hover { color: %(ink)s; }
QPushButton[kind="tab"]:checked { color: %(accent)s; border-bottom: 3px solid %(accent)s; }
QPushButton[kind="tab"]:focus { color: %(ink)s; background: %(focusbg)s; border: 2px solid %(ring)s;
  border-bottom: 3px solid %(accent)s; border-radius: 6px; padding: 0 %(i8)s; }
QProgressBar { border: none; background: %(track)s; border-radius: 5px; max-height: 10px; min-height: 10px; }
QProgressBar::chunk { background: %(accent)s; border-radius: 5px; }
QProgressBar[tone="red"]::chunk { background: %(red)s; } QProgressBar[tone="amber"]::chunk { background: %(amber)s; }
QProgressBar[tone="green"]::chunk { background: %(green)s; }
QTableView { background: %(card)s; color: %(ink)s; gridline-color: %(line)s; border: none; font-size: %(t14)s; }
QTableView QTableCornerButton::section { background: %(card)s; border: none; }
QHeaderView, QHeaderView::section { background: %(card)s; color: %(muted)s; border: none; font-size: %(t13)s;
  font-weight: 600; padding: 4px %(g6)s; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: %(scroll)s; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 40px; } QScrollBar::handle:horizontal { min-width: 40px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip { background: %(ink)s; color: %(card)s; border: none; padding: 6px; font-size: %(t13)s; }
QMenu { background: %(card)s; color: %(ink)s; border: 1px solid %(field)s; padding: 6px; font-size: %(t15)s; }
QMenu::item { padding: 10px 24px; min-height: 24px; } QMenu::item:selected { background: %(accentbg)s;
  color: %(ink)s; }
"""
