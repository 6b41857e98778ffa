package cli

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"pumplab/pumpmodel/design"
	"pumplab/pumpmodel/entry"
)

// CompletionCmd prints what makes a shell complete the program's words.
type CompletionCmd struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"Your shell: bash, zsh or fish."`
}

// Help is shown by --help.
func (*CompletionCmd) Help() string {
	return "Examples:\n  source <(pumplab completion bash)      # in ~/.bashrc\n  source <(pumplab completion zsh)       # in ~/.zshrc, after compinit\n" +
		"  pumplab completion fish | source       # in ~/.config/fish/config.fish"
}

// shells are the scripts; each asks the hidden command words for what can follow and leaves file names to the shell.
var shells = map[string]string{
	"bash": `_pumplab() {
  local IFS=$'\n'
  COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" words -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _pumplab pumplab
`,
	"zsh": `_pumplab() {
  local -a found
  found=("${(@f)$("${words[1]}" words -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  found=(${found:#})
  if (( $#found )); then compadd -a found; else _files; fi
}
compdef _pumplab pumplab
`,
	"fish": `function __pumplab
  set -l all (commandline -opc) (commandline -ct)
  $all[1] words -- $all[2..-1] 2>/dev/null
end
complete -c pumplab -a '(__pumplab)'
`,
}

// Run prints the script.
func (c *CompletionCmd) Run(x *Context) error {
	_, err := fmt.Fprint(x.Out, shells[c.Shell])
	return err
}

// wordsCmd prints what can stand where the last of the words is being typed, one a line.
type wordsCmd struct {
	Words []string `arg:"" optional:"" passthrough:""`
}

// Run prints the words.
func (c *wordsCmd) Run(x *Context, k *kong.Kong) error {
	words := c.Words
	if len(words) > 0 && words[0] == "--" {
		words = words[1:]
	}
	for _, w := range follows(x, k.Model.Node, words) {
		fmt.Fprintln(x.Out, w)
	}
	return nil
}

// follows is what can stand in the place of the last word: commands, flags, a flag's values or an argument's.
func follows(x *Context, at *kong.Node, words []string) []string {
	if len(words) == 0 {
		words = []string{""}
	}
	last := words[len(words)-1]
	var value *kong.Value // of the flag that waits for one
	given := 0            // arguments so far
	for _, w := range words[:len(words)-1] {
		switch {
		case value != nil:
			value = nil
		case strings.HasPrefix(w, "-"):
			if f := flagNamed(at, w); f != nil && !f.IsBool() && !strings.Contains(w, "=") {
				value = f.Value
			}
		default:
			if n := childNamed(at, w); n != nil && given == 0 {
				at = n
			} else {
				given++
			}
		}
	}
	var out []string
	switch {
	case value != nil:
		out = valuesOf(x, value)
	case strings.HasPrefix(last, "-"):
		for n := at; n != nil; n = n.Parent {
			for _, f := range n.Flags {
				if !f.Hidden {
					out = append(out, "--"+f.Name)
				}
			}
		}
	default:
		for _, n := range at.Children {
			if !n.Hidden && given == 0 {
				out = append(out, n.Name)
			}
		}
		if p := at.Positional; len(p) > 0 {
			out = append(out, valuesOf(x, p[min(given, len(p)-1)])...)
		}
	}
	out = slices.DeleteFunc(out, func(w string) bool { return !strings.HasPrefix(w, last) })
	slices.Sort(out)
	return slices.Compact(out)
}

func childNamed(at *kong.Node, name string) *kong.Node {
	for _, n := range at.Children {
		if n.Name == name || slices.Contains(n.Aliases, name) {
			return n
		}
	}
	return nil
}

func flagNamed(at *kong.Node, word string) *kong.Flag {
	name, _, _ := strings.Cut(strings.TrimLeft(word, "-"), "=")
	for n := at; n != nil; n = n.Parent {
		for _, f := range n.Flags {
			if f.Name == name || f.Short != 0 && string(f.Short) == name {
				return f
			}
		}
	}
	return nil
}

// valuesOf are the words a flag or argument can have; none where the shell's file names are meant.
func valuesOf(x *Context, v *kong.Value) []string {
	if v.Enum != "" {
		return v.EnumSlice()
	}
	switch v.Tag.Get("words") {
	case "designs":
		names, err := design.List(x.Assets.Designs(), ".")
		if err == nil {
			return names
		}
	case "templates":
		return templates(x)
	case "guides":
		return guides(x)
	case "methods":
		return entry.Names()
	case "graph":
		names, err := design.List(x.Assets.Designs(), ".")
		if err == nil {
			return append(names, entry.Names()...)
		}
	case "libraries":
		files, err := fs.Glob(x.Assets.Libraries(), "*.yaml")
		if err == nil {
			var out []string
			for _, f := range files {
				if !strings.Contains(f, ".tests.") {
					out = append(out, strings.TrimSuffix(f, ".yaml"))
				}
			}
			return out
		}
	}
	return nil
}
