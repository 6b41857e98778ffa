package design

// The design file
//
// A design is a folder with a file design.yaml and, if wanted, a picture of the front panel. Lengths are true millimetres from the
// face's top left corner; times carry their unit. The JSON Schema is Schema(), shipped as assets/designs/design.schema.json.
//
//	design: NAME            small letters, digits, hyphens
//	version: N, title: TEXT
//	pump: large-volume | syringe | pca the hardware's ranges and steps
//	channels: [A, B]                   a device with two channels: key channel goes to the other one, or channel-a and channel-b
//	secondary: yes                     a channel gives a secondary infusion while its primary is held; key secondary
//	face:
//	  size: 210 x 130 mm, housing: "#E7E9EA", key-size: 16 mm | 16 x 12 mm
//	  displays: {main: {at: LEFT TOP WIDTH HEIGHT, kind: lcd | oled | paper | touch, back: "#…", ink: "#…",
//	             letters: printed | dots | segments, content: LEFT TOP WIDTH HEIGHT}}
//	             letters: of a dot matrix, or numbers in seven segments; content leaves room for touch keys on the display
//	  lamps: {alarm: {at: LEFT TOP, size: 6 mm, colours: [red, yellow, cyan]}, run: {…}}
//	  controls:
//	    NAME: {at: LEFT TOP, size, label, shape, role, kind, key, types, repeat}
//	          NAME is what is printed; key is its key on an ordinary keyboard; types is the key of the entry methods it stands
//	          for (its name, if not said): 0…9 . backspace clear up UP dn DN left right …
//	          kind: dial has NAME+ and NAME- beside NAME (pressed), with cw: Right, ccw: Left as their keyboard keys; kind: touch
//	          lies on a display, is drawn while it does something, and on: [SCREEN …] keeps it to some screens
//	          shape: slider (kind: touch) is touched at a place along its length, for fields with method: slider
//	          colour and print are those of the cap and of the print on it, if not those of its role
//	          repeat: 500 ms then 120 ms is the delay and then the period at which a held key steps
//	keys: {confirm: NAME, back: NAME, up, down, page-up, page-down, next-field, previous-field, toggle, start, pause, stop,
//	       change, silence, anaesthesia}            what controls do outside number entry
//	      rows: [NAME …]               controls beside the rows of a list, menu or form: each chooses its row
//	      bolus, loading, delay, standby, patient-weight: ask for the screen of that kind; options: for the menu of them; bolus also
//	      stops a bolus
//	entry:
//	  all: {method: METHOD, minimum, maximum, decimals, tick, steps, detents, layout, options, flaws,
//	        start: empty | library}   library: an empty field opens with the library's start value, to be confirmed or changed
//	  amount | diluent | weight | height | surface | dose | rate | vtbi | time: the same; what a field does not say is as all has it
//	  (a design that asks for amount and diluent gives custom concentrations, one that asks for height or surface gives by m²)
//	screens: in the order of the file; the first chooses the patient
//	  NAME: {choose: patient | care-areas | drugs | concentrations, as: list | letters | search | pages, rows: 6, then: NAME}
//	          letters: digit keys jump as on a telephone; search: letter keys (or digits, for their letters) leave only what begins
//	          so; pages: only the page keys and rows leave a page
//	  NAME: {message: TEXT, then: NAME}         to be read and confirmed
//	  NAME: {enter: FIELD | [FIELD, alternative …], then: NAME}     one field a page; toggle turns to the alternative
//	  NAME: {form: [FIELD …], leaving: confirms | discards | refuses, then: NAME}
//	  NAME: {menu: [FIELD …], then: NAME}       rows that open to be edited, and one that leads on
//	  A form or menu with then: RUNNING starts from there, without a review.
//	  NAME: {review: all | [FIELD …]}           start begins the infusion, or the change
//	  NAME: {running: [FIELD …], change: NAME}
//	  each may have back: NAME (the screen before it in the file, if not said) and title: TEXT
//	Beside the infusion, each on a screen of its own that leads back to where it was called from:
//	  NAME: {bolus: [bolus, bolus-rate, bolus-time]}          while it infuses; start gives it on top of the maintenance rate
//	  NAME: {loading: [loading, loading-rate, loading-time]}  before the start; it goes first, the rest follows by itself
//	          of rate and time the other follows; where neither is asked for, it is given as fast as is allowed
//	  NAME: {delay: [delay]}                    before the start: minutes it is put off, at most the care area's delay
//	  NAME: {standby: [standby]}                while paused: minutes; the pump calls at their end and starts nothing
//	  NAME: {patient-weight: [weight]}          while it infuses: another weight, started like a change
//	  NAME: {options: [bolus, loading, delay, standby, patient-weight, anaesthesia]}   a menu of them: what can be done now
//	  They are offered where the library has limits for them. A bolus or loading dose does not count towards the VTBI; given does
//	  count it. entry: {bolus: …, bolus-rate: …, delay: …} say how they are entered; else as dose and time are.
//	alerts:
//	  soft: {as: full-screen | banner, override: NAME, second: NAME, change: NAME, delay: 1 s,
//	         reason: typed | reasons: [TEXT …]}  what is typed or chosen before an override counts; it is in the record
//	  hard: {as, change}                        a hard limit has no override
//	  advisory: {as, override, change}
//	show: {tall-man: yes, decimals: smaller | plain, trailing-zeros: never | always, basic-infusion-mark: TEXT}
//	sounds: {refused: yes, alert: yes}
//	flaws: [alert-by-habit | silent-discard | silent-alert]   true of this design by intent, beside those of its entry methods
//	accepts: {RULE: REASON}   findings of design check that stay, each with its reason; check lists them as accepted
//	pump: pca is patient-controlled analgesia: fields pca-dose, lockout, continuous, pca-loading, in-1h, in-4h, keys demand (the patient's
//	button) and history. A continuous rate and a loading dose may be left empty, for none.
//	idle: {nag: 5 min, clear: 10 min, silence: 2 min}
//
// A screen with nothing to ask (one concentration only, a drug that does not go by weight) is passed over.
