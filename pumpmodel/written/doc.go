// Package written reads the YAML files that people write: libraries, designs, studies, questionnaires. It gives nodes with their places
// and collects every problem with its line, column and remedy; files made to exhaust memory or time are refused.
//
// Scalars stay the text that is written: no number passes through a float. Anchors, aliases, merges and tags are problems, as they
// hide what a file says.
package written
