package cli

// Parses says what is wrong with a command line, without running it.
func Parses(x *Context, args []string) error {
	var cmd root
	_, err := grammar(&cmd, x, func(int) {}).Parse(negatives(args))
	return err
}
