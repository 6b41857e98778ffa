// Package engine provides pumps: a design on drug libraries becomes a pumpmodel.Machine. The interface is the design's; infusing, limits
// and alarms are the same for all.
//
// New compiles a mach, immutable, whose methods step and show a state, a plain value. A design with several channels or secondary
// infusions is a deck of such machines, one with patient-controlled analgesia a machine with its handset. Prove walks a mach over all
// classes of its states.
//
// What a machine does with a programme: a dose gives the rate, exactly converted and rounded once, half up, at the pump's step; the
// dose shown and programmed from then on is recomputed from that rate, and a note tells what was entered. Limits are held against
// the dose as it was entered; a dose that follows from an entered rate is beyond a limit only if the rate is beyond the one the
// pump gives at that limit. A number the pump cannot be set to is refused with a sentence, never rounded or clipped.
package engine
