// Package protocol provides the study file: study.yaml read and checked with all problems at once, and the folder around it.
//
// A study is a folder that needs nothing outside it:
//
//	study.yaml            the file below
//	designs/NAME/         one folder for each pump interface
//	libraries/NAME.yaml   the drug library
//	questionnaires/       NAME.yaml for each instrument
//	texts/                consent and other texts
//
// The file:
//
//	study: keys-and-interruptions          # a name of small letters, digits and hyphens
//	version: 1
//	title: Do chevrons prevent what keypads let through?
//	authors: [A. Person]
//	library: libraries/demo.yaml
//	questions:                             # fixed before data
//	  main: {measure: undetected, compare: [chevron-form, keypad-wizard], kind: superiority, alpha: 0.05}
//	  buy: {measure: undetected, compare: [fivekey-menu, keypad-wizard], kind: non-inferiority, margin: 3 %}
//	factors:
//	  design: {within: [keypad-wizard, chevron-form, fivekey-menu]}
//	  surroundings: {within: [quiet, interrupted]}
//	people:
//	  planned: 24
//	  consent: texts/consent.md            # welcome and thanks may name a text each, too
//	  ask: {role: [nurse, physician, other], years in role: 0..60, e-mail: identifying, year of birth: {answers: 1930..2010, identifying: yes}}
//	  recipients: [age1…]                  # public age keys that the identifying answers are encrypted for
//	surroundings:                          # one that is not described is quiet
//	  interrupted:
//	    - question: {when: dose or rate after 2 presses, ask: arithmetic, until: answered, covers: pump}
//	    - phone: {when: every 90 s poisson, until: answered, warning: 2 s}
//	    - alarm: {when: every 2 min, priority: medium, text: "Bed 6: infusion complete", until: answered}   # another pump's
//	    - noise: {file: ward-day, level: -18 dB, measured: 62 dB(A)}   # as long as the task; the room's level is typed in
//	    - glare: {strength: 60 %, when: every 60 s, until: 20 s}       # light on the screen
//	tasks:
//	  dopamine:
//	    order: {area: Adult ICU, drug: DOPamine, concentration: 400 mg/250 mL, weight: 82 kg, dose: 5 mcg/kg/min, vtbi: 250 mL}
//	    critical: yes
//	    time: 3 min                        # the task ends by itself after
//	    second: {area: Adult ICU, channel: B, drug: heparin, …}        # another infusion of the task; the first then says channel: A
//	    beyond: soft                       # or hard: the order passes this limit on purpose
//	  drawn: {from: pools/icu.yaml, count: 4, digits: 2..4, beyond: {soft: 1, hard: 1}}   # drawn-1, drawn-2 …
//	sequence:
//	  williams: design                     # williams, latin-square, random, fixed
//	  each:                                # design
//	    - williams: surroundings
//	      each:                            # block of one design in one of the surroundings
//	        - practice: {tasks: [p1, p2], until: 2 correct in a row, at most: 6}
//	        - random: tasks                # or fixed
//	    - ask: [raw-tlx, sus]
//	    - break: 2 min
//	seed: 4711
//	backup: /media/stick                   # a checked copy of the database after each session
//	markers: {file: yes, port: 16571}      # trials, alerts, distractions, responses as an XDF file in markers/, and on this TCP port
//
// An answer that is marked identifying never reaches the journal or an export: it is kept in the folder people, encrypted, a file for
// each session (package identity), and the participant may leave it open.
//
// A pool is a file of what orders are drawn from, by the study's seed, the same for all people: doses of the area's drugs that are set
// by dose, on the wanted side of the library's limits.
//
//	pool: icu
//	area: Adult ICU
//	drugs: [DOPamine, heparin]             # left out: all
//	weight: 50..110 kg
//	vtbi: 50..250 mL
//	patients: [A. Moreau, B. Lindqvist]
//
// Instead of a block for each of the surroundings, "random: {cross: [tasks, surroundings]}" lets them alternate from task to task.
// Tasks named by practice are practice and nothing else; practice that stands beside the surroundings is done once for each design.
//
// An order beyond a soft limit is carried out right by overriding the alert with the ordered value. An order beyond a hard limit is
// carried out right by starting nothing: the person gives the task up, as they would ask the prescriber. Both must be declared with
// beyond, so that no order passes a limit by mistake.
package protocol
