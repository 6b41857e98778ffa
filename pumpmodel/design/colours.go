package design

import "cmp"

// roleColours are the cap and the print of a key by its role; the last is that of all others.
var roleColours = map[string][2]string{
	"digit": {"#F7F7F4", "#1B2430"}, "confirm": {"#2F5D8A", "#FFFFFF"}, "start": {"#2E7D46", "#FFFFFF"}, "stop": {"#B3302A", "#FFFFFF"},
	"cancel": {"#E3B23C", "#241A00"}, "": {"#C9CED4", "#1B2430"},
}

// Colours are the key's cap and what is printed on it, #RRGGBB: its own, or those of its role.
func (k Key) Colours() (body, print string) {
	c, ok := roleColours[k.Role]
	if !ok {
		c = roleColours[""]
	}
	return cmp.Or(k.Colour, c[0]), cmp.Or(k.Print, c[1])
}

// panelColours are the background and the text of a display by its kind.
var panelColours = map[string][2]string{
	"lcd": {"#C6D3B4", "#18241A"}, "oled": {"#0B0E12", "#F4F7FA"}, "paper": {"#FBFCFD", "#14202C"}, "touch": {"#EEF2F6", "#12202E"},
}

// Colours are the display's background and its text, #RRGGBB: its own, or those of its kind.
func (p Panel) Colours() (back, ink string) {
	c, ok := panelColours[p.Kind]
	if !ok {
		c = panelColours["lcd"]
	}
	return cmp.Or(p.Back, c[0]), cmp.Or(p.Ink, c[1])
}
