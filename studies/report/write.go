package report

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Bytes are the report's files by name: report.html, results.json and each figure as SVG with its data as CSV.
func (r *Results) Bytes() (map[string][]byte, error) {
	doc, figures, err := r.document()
	if err != nil {
		return nil, err
	}
	var page bytes.Buffer
	if err := doc.HTML(&page); err != nil {
		return nil, fmt.Errorf("write report: %w", err)
	}
	results, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write results: %w", err)
	}
	out := map[string][]byte{"report.html": page.Bytes(), "results.json": append(results, '\n')}
	for name, f := range figures {
		out["figures/"+name+".svg"], out["figures/"+name+".csv"] = f.svg, f.csv
	}
	return out, nil
}
