package design

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	_ "image/jpeg" // front panels
	_ "image/png"
	"io"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"
	"time"

	"pumplab/pumpmodel/quantity"
	"pumplab/pumpmodel/written"
)

// File is the name of the file that describes a design in its folder.
const File = "design.yaml"

// Load reads the design in folder dir of fsys. Everything wrong with it comes at once as Problems, with file, line and column; an
// unreadable file is an error of its own.
func Load(fsys fs.FS, dir string) (*Design, error) { return read(fsys, dir, false) }

// Recorded reads a design that a session froze. What later versions refuse (a key of the session, an entry method without its keys)
// is let be, so that every recording can be replayed.
func Recorded(fsys fs.FS, dir string) (*Design, error) { return read(fsys, dir, true) }

func read(fsys fs.FS, dir string, recorded bool) (*Design, error) {
	name := path.Join(dir, File)
	info, err := fs.Stat(fsys, name)
	switch {
	case err != nil:
		return nil, fmt.Errorf("load design: %w", err)
	case !regular(fsys, dir, File):
		return nil, fmt.Errorf("load design: %s is not a plain file in its folder", name)
	case info.Size() > written.MaxLoose:
		return nil, Problems{{File: name, Place: written.Place{Line: 1, Col: 1}, What: fmt.Sprintf("the file has %d bytes, at most %d are read", info.Size(), written.MaxLoose)}}
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("load design: %w", err)
	}
	r := newReader(name)
	r.Recorded = recorded
	d := r.design(r.Values(data))
	if len(r.Problems) == 0 {
		r.picture(fsys, dir, d)
	}
	if err := r.Problems.Err(); err != nil {
		return nil, err
	}
	if d.Hash, err = hash(fsys, dir); err != nil {
		return nil, fmt.Errorf("load design %s: %w", d.Name, err)
	}
	return d, nil
}

// List are the folders of fsys directly under dir that hold a design, sorted by name.
func List(fsys fs.FS, dir string) ([]string, error) {
	found, err := fs.Glob(fsys, path.Join(dir, "*", File))
	if err != nil {
		return nil, fmt.Errorf("list designs: %w", err)
	}
	var out []string
	for _, f := range found {
		out = append(out, path.Dir(f))
	}
	sort.Strings(out)
	return out, nil
}

// regular reports that name is a plain file in the folder itself: no link that could lead out of it, no folder.
func regular(fsys fs.FS, dir, name string) bool {
	entries, _ := fs.ReadDir(fsys, dir)
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == name && e.Type().IsRegular() })
}

// hash is the SHA-256 over the names and bytes of a folder's files, subfolders left out.
func hash(fsys fs.FS, dir string) (string, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	for _, e := range entries {
		if !e.Type().IsRegular() {
			continue
		}
		if err := hashFile(h, fsys, path.Join(dir, e.Name())); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%x", h.Sum(nil)), nil
}

// hashFile adds a file's name, length and bytes, however many they are.
func hashFile(h io.Writer, fsys fs.FS, name string) error {
	f, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	fmt.Fprintf(h, "%s %d\n", path.Base(name), info.Size())
	n, err := io.Copy(h, f)
	if err == nil && n != info.Size() {
		err = fmt.Errorf("hash %s: it changed while it was read", name)
	}
	return err
}

var topKeys = []string{"design", "version", "title", "pump", "channels", "secondary", "face", "keys", "entry", "screens", "alerts", "show", "sounds", "idle", "flaws", "accepts"}

func (r *reader) design(n node) *Design {
	d := &Design{Pump: quantity.LargeVolume}
	if n.Kind != "map" {
		if len(r.Problems) == 0 {
			r.fail(n, "expected a map that begins with design: NAME")
		}
		return d
	}
	d.Name = r.name(n.Get("design"))
	d.Version = r.whole(n.Get("version"), "version", 1, 1_000_000, 1)
	d.Title = r.text(n.Get("title"), "title")
	if w := r.word(n.Get("pump"), "pump", pumpNames); w != "" {
		d.Pump, _ = quantity.PumpNamed(w)
	}
	d.Channels = r.words(n.Get("channels"), "channel", channelNames)
	d.Secondary = r.flag(n.Get("secondary"), "secondary", false)
	d.Face = r.face(n, n.Get("face"))
	c := check{r: r, d: d, keys: map[string]bool{}}
	for _, k := range d.Face.Keys {
		c.keys[k.Name] = true
		if k.Kind == "dial" {
			c.keys[k.Name+"+"], c.keys[k.Name+"-"] = true, true
		}
	}
	d.Keys = c.bindings(n.Get("keys"))
	d.Entry = c.entry(n, n.Get("entry"))
	before := len(r.Problems)
	d.Screens = c.screens(n, n.Get("screens"))
	c.unsure = len(r.Problems) > before
	d.Alerts = c.alerts(n, n.Get("alerts"))
	d.Show = r.show(n.Get("show"))
	d.Sounds = r.sounds(n.Get("sounds"))
	d.Idle = r.idle(n.Get("idle"))
	c.flaws(n.Get("flaws"))
	d.Accepts = c.accepts(n.Get("accepts"))
	r.Unknown(n, topKeys...)
	c.whole(n)
	return d
}

func (r *reader) name(n node) string {
	s := r.text(n, "design")
	if s == "" {
		r.fail(n, "the design has no name: expected design: my-design")
	}
	for _, c := range s {
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-') {
			r.fail(n, "design is %q, expected small letters, digits and hyphens", s)
			break
		}
	}
	return s
}

func (r *reader) show(n node) ShowRules {
	s := ShowRules{
		TallMan:       r.flag(n.Get("tall-man"), "tall-man", true),
		Decimals:      r.word(n.Get("decimals"), "decimals", decimals),
		TrailingZeros: r.word(n.Get("trailing-zeros"), "trailing-zeros", zeros),
		BasicMark:     r.text(n.Get("basic-infusion-mark"), "basic-infusion-mark"),
	}
	if s.Decimals == "" {
		s.Decimals = "smaller"
	}
	if s.TrailingZeros == "" {
		s.TrailingZeros = "never"
	}
	if s.BasicMark == "" {
		s.BasicMark = "NO LIBRARY LIMITS"
	}
	r.Unknown(n, "tall-man", "decimals", "trailing-zeros", "basic-infusion-mark")
	return s
}

func (r *reader) sounds(n node) SoundRules {
	s := SoundRules{Refused: r.flag(n.Get("refused"), "refused", true), Alert: r.flag(n.Get("alert"), "alert", true)}
	r.Unknown(n, "refused", "alert")
	return s
}

func (r *reader) idle(n node) IdleRules {
	i := IdleRules{
		Nag:     r.span(n.Get("nag"), "nag", 5*time.Minute),
		Clear:   r.span(n.Get("clear"), "clear", 10*time.Minute),
		Silence: r.span(n.Get("silence"), "silence", 2*time.Minute),
	}
	if i.Silence <= 0 || i.Silence > 2*time.Minute {
		r.fail(n.Get("silence"), "silence is longer than 2 min: an alarm may not be silenced for longer (GIP 3.2.1)")
	}
	if i.Nag <= 0 || i.Clear <= i.Nag {
		r.fail(n, "clear must come after nag, and nag after more than 0 s (GIP 2.2.4, 2.2.5)")
	}
	r.Unknown(n, "nag", "clear", "silence")
	return i
}

// picture checks that the front panel's picture lies in the design's own folder.
func (r *reader) picture(fsys fs.FS, dir string, d *Design) {
	p, at := d.Face.Picture, d.Face.PictureAt
	if p == "" {
		return
	}
	switch {
	case !fs.ValidPath(p) || strings.ContainsAny(p, `/\`):
		r.Fail(at, "picture %q is not a plain file name: it must lie in the design's folder", p)
	default:
		info, err := fs.Stat(fsys, path.Join(dir, p))
		switch {
		case err != nil:
			r.Fail(at, "picture %q is not in the design's folder", p)
		case !regular(fsys, dir, p) || info.Size() > 20<<20:
			r.Fail(at, "picture %q is not a plain file of at most 20 MB", p)
		default:
			r.pixels(fsys, path.Join(dir, p), d)
		}
	}
}

// sideMax is the largest side of a front panel's picture in pixels.
const sideMax = 8000

// pixels reads the picture and refuses what is none, or one too large to be drawn, before it is unpacked.
func (r *reader) pixels(fsys fs.FS, name string, d *Design) {
	at := d.Face.PictureAt
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		r.Fail(at, "picture %q cannot be read: %v", d.Face.Picture, err)
		return
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil:
		r.Fail(at, "picture %q is not a PNG or JPEG", d.Face.Picture)
	case size.Width > sideMax || size.Height > sideMax || size.Width < 1 || size.Height < 1:
		r.Fail(at, "picture %q has %d x %d pixels, at most %d a side are read", d.Face.Picture, size.Width, size.Height, sideMax)
	default:
		d.Face.Image, d.Face.ImageSize = data, image.Pt(size.Width, size.Height)
	}
}
