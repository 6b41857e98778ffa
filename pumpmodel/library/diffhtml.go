package library

import (
	"bytes"
	"html/template"
)

// DiffHTML is what changed in meaning from a to b as one page without anything from elsewhere: counts, then a table for each care
// area. A loosened limit is told by word and by a bar at its side, not by colour alone.
func DiffHTML(a, b *Library) []byte {
	type group struct {
		Name string
		Rows []Difference
	}
	page := struct {
		Was, Now *Library
		Total    int
		Counts   []struct {
			Kind string
			N    int
		}
		Groups []group
	}{Was: a, Now: b}
	counts := map[string]int{}
	for _, d := range Diff(a, b) {
		page.Total++
		counts[d.Kind]++
		name := d.Area
		if name == "" {
			name = "Library"
		}
		if n := len(page.Groups); n == 0 || page.Groups[n-1].Name != name {
			page.Groups = append(page.Groups, group{Name: name})
		}
		g := &page.Groups[len(page.Groups)-1]
		g.Rows = append(g.Rows, d)
	}
	for _, kind := range []string{"loosened", "tightened", "changed", "added", "removed"} {
		if counts[kind] > 0 {
			page.Counts = append(page.Counts, struct {
				Kind string
				N    int
			}{kind, counts[kind]})
		}
	}
	var out bytes.Buffer
	if err := diffPage.Execute(&out, page); err != nil {
		panic(err) // the template below is wrong
	}
	return out.Bytes()
}

var diffPage = template.Must(template.New("diff").Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Was.Name}} version {{.Was.Version}} to {{.Now.Name}} version {{.Now.Version}}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; color: #1b1f24; background: #fff; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .6rem; vertical-align: top; border-bottom: 1px solid #d6dbe1; }
th { font-weight: 600; } td.n { font-variant-numeric: tabular-nums; white-space: nowrap; }
tr.loosened td:first-child { border-left: .35rem solid #b35900; } tr.tightened td:first-child { border-left: .35rem solid #1f5fa8; }
tr.changed td:first-child, tr.added td:first-child, tr.removed td:first-child { border-left: .35rem solid #8a929c; }
.use { border: 2px solid #1b1f24; padding: .4rem .8rem; display: inline-block; font-weight: 600; } .hash { font: .8rem ui-monospace, monospace; color: #555e68; }
</style>
</head>
<body>
<h1>What changed in meaning</h1>
<p class="use">{{.Now.Use}}</p>
<table>
<tr><th></th><th>Library</th><th>Version</th><th>Status</th><th>SHA-256</th></tr>
<tr><th>Before</th><td>{{.Was.Name}}</td><td>{{.Was.Version}}</td><td>{{.Was.Status}}</td><td class="hash">{{.Was.Hash}}</td></tr>
<tr><th>After</th><td>{{.Now.Name}}</td><td>{{.Now.Version}}</td><td>{{.Now.Status}}</td><td class="hash">{{.Now.Hash}}</td></tr>
</table>
<p>{{if .Total}}{{.Total}} in all:{{range $i, $c := .Counts}}{{if $i}},{{end}} {{$c.N}} {{$c.Kind}}{{end}}.{{else}}Nothing changed in meaning.{{end}}</p>
{{range .Groups}}<h2>{{.Name}}</h2>
<table>
<tr><th>Kind</th><th>Setup</th><th>What</th><th>Before</th><th>After</th></tr>
{{range .Rows}}<tr class="{{.Kind}}"><td>{{.Kind}}</td><td>{{.Setup}}</td><td>{{.What}}</td><td class="n">{{.Was}}</td><td class="n">{{.Now}}</td></tr>
{{end}}</table>
{{end}}</body>
</html>
`))
