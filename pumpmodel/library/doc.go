// Package library provides the drug library of a pump: care areas, setups, limits; read from YAML and checked.
//
// A Library is immutable after Read: machines share it by pointer and never keep it in their state.
//
// # The file
//
//	library: demo                     # name; id is the same unless given
//	version: 3                        # a whole number from 1
//	status: released                  # draft (default), in review, approved, released, retired
//	use: research and teaching only, never for clinical use
//	sources: [where the values come from]
//	signed by: {needs: [pharmacist, nurse, human factors]}
//	history:
//	  - {version: 3, when: 2026-11-22, who: A. Author, why: first release}
//	care areas:                       # 1 to 32
//	  Adult ICU:
//	    device: {max rate: 999 mL/h, max vtbi: 3000 mL, kvo: 5 mL/h, max weight: 250 kg, occlusion: 400 mmHg, air: 100 uL}
//	                                  # also max surface, alarm volume (%), delay, callback before, callback after (min)
//	    weight: {soft: 40..150 kg, hard: 30..250 kg}
//	    checking: always              # or once per exceed, once for short: one alert for an exceed
//	    basic infusion: yes           # infusions outside the library; no if left out
//	    setups:
//	      - drug: norEPINEPHrine      # in tall-man letters
//	        aliases: [noradrenaline]
//	        therapy: septic shock     # where a drug has several
//	        concentration: 4 mg/250 mL
//	        by: weight                # none, weight, surface; follows from the dose unit if left out
//	        delivery: continuous      # continuous+bolus, intermittent, secondary, fluid, pca
//	        pump: large-volume        # or syringe
//	        dose: {unit: mcg/kg/min, hard: ..1, soft: 0.02..0.5, start: 0.05}
//	        titration: {soft: 100 %}
//	        high alert: yes
//	        advisory: central line preferred
//	      - drug: vancomycin
//	        concentration: 1 g/250 mL
//	        delivery: intermittent
//	        time: {soft: 60..180 min, hard: 30.. min}
//	        vtbi: {soft: 100..250 mL}
//	        rate: {hard: ..500 mL/h}
//	      - drug: morphine            # patient-controlled: all amounts in one unit
//	        therapy: PCA
//	        codes: [ATC N02AA01]      # in other systems
//	        concentration: 60 mg/60 mL
//	        delivery: pca             # by pump: pca if not said otherwise
//	        pca dose: {unit: mg, soft: 0.5..2, hard: ..5, start: 1}
//	        lockout: {soft: 6..15 min, hard: 5.. min}
//	        continuous: {unit: mg/h, soft: ..1, hard: ..2}
//	        loading: {unit: mg, hard: ..6}
//	        in 1 h: {unit: mg, soft: ..10, hard: ..12}
//	        in 4 h: {unit: mg, hard: ..40}
//	        high alert: yes
//	      - drug: morphine
//	        concentration: custom     # typed at the bedside, so its limits are needed
//	        concentration limits: {unit: mg/mL, soft: 0.5..2, hard: ..5}
//	        dose: {unit: mg/h, soft: ..10, hard: ..20}
//	        bolus: {unit: mg, hard: ..5}
//
// A range is low..high, ..high (at most) or low.. (at least) with its unit at the end; a limit that is not there is left out. Limit
// sets are dose, rate, vtbi, time, weight, titration, bolus, bolus rate, loading, total; of PCA pca dose, lockout, continuous,
// loading, in 1 h, in 2 h, in 4 h, vtbi, weight. Their limits have to keep
// lowerHard ≤ lowerSoft ≤ start ≤ upperSoft ≤ upperHard. A value equal to a limit is within it.
//
// Numbers have a leading zero and carry their unit; no number passes through a float. Anchors, aliases, merge keys and tags are not
// read, nor files over 4 MB. Read gives all problems at once; Lint finds what reads well and is still a bad idea; Diff says what
// changed in meaning; Schema tells an editor the words.
//
// # Speed
//
// A file in plain lines (no anchors, quotes with escapes, texts over several lines) is scanned by scan; anything else is read by the
// YAML parser, which also says what is wrong with a faulty file.
package library
