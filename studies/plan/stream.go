package plan

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
)

// Stream is the random source of one purpose: a PCG seeded from the SHA-256 of the study's seed and the names of what is drawn for,
// each name after its length. Streams of different names are independent; adding a purpose changes no other.
func Stream(seed uint64, names ...string) *rand.Rand {
	b := binary.BigEndian.AppendUint64(nil, seed)
	for _, n := range names {
		b = binary.BigEndian.AppendUint64(b, uint64(len(n)))
		b = append(b, n...)
	}
	sum := sha256.Sum256(b)
	return rand.New(rand.NewPCG(binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:16])))
}
