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
//	    weight: {soft: 40..150 kg, hard: 30..250 kg}
//	    checking: always              # or once: one alert for an exceed
//	    basic infusion: yes           # infusions outside the library; no if left out
//	    setups:
//	      - drug: norEPINEPHrine      # in tall-man letters
//	        aliases: [noradrenaline]
//	        therapy: septic shock     # where a drug has several
//	        concentration: 4 mg/250 mL
//	        by: weight                # none, weight, surface; follows from the dose unit if left out
//	        delivery: continuous      # continuous+bolus, intermittent, secondary, fluid
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
//	      - drug: morphine
//	        concentration: custom     # typed at the bedside, so its limits are needed
//	        concentration limits: {unit: mg/mL, soft: 0.5..2, hard: ..5}
//	        dose: {unit: mg/h, soft: ..10, hard: ..20}
//	        bolus: {unit: mg, hard: ..5}
//
// A range is low..high, ..high (at most) or low.. (at least) with its unit at the end; a limit that is not there is left out. Limit
// sets are dose, rate, vtbi, time, weight, titration, bolus, bolus rate, loading, total; their limits have to keep
// lowerHard ≤ lowerSoft ≤ start ≤ upperSoft ≤ upperHard. A value equal to a limit is within it.
//
// Numbers have a leading zero and carry their unit; no number passes through a float. Anchors, aliases, merge keys and tags are not
// read, nor files over 4 MB. Read gives all problems at once; Lint finds what reads well and is still a bad idea; Diff says what
// changed in meaning; Schema tells an editor the words.
package library
