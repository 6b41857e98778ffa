package entry

// Fault is why the entry of a number is blocked or in error, or why a key cannot continue it; 0 while it is fine.
type Fault int8

// The faults of typed numbers.
const (
	faultHigh     Fault = iota + 1 // the result is beyond the maximum
	faultRange                     // it is outside the range
	faultLow                       // it is below the minimum
	faultPoint                     // a second point
	faultWhole                     // a point where no decimals are allowed
	faultDecimals                  // a decimal too many
	faultNaked                     // a point that comes first
	faultZero                      // a digit behind a leading zero
	faultTrailing                  // a point at the end
	faultNothing                   // nothing is entered
)

// excess reports that a decimal or a point is too many.
func (f Fault) excess() bool { return f == faultPoint || f == faultWhole || f == faultDecimals }

// says is a fault in words; empty if there is none.
func (k serial) says(f Fault) string {
	if f == faultLow {
		return outOfRange + ": at least " + k.min.String()
	}
	return faults[f]
}

var faults = [...]string{
	faultHigh: tooHigh, faultRange: outOfRange, faultPoint: "there is a point already", faultWhole: "no decimals here",
	faultDecimals: "too many decimals", faultNaked: "a number below 1 begins with 0",
	faultZero: "a number does not begin with 0 and another digit", faultTrailing: "a number does not end with a point",
	faultNothing: nothingEntered,
}
