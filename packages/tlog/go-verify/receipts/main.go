// Command receipts checks receipts (c2sp.org/tlog-proof) and the cosignatures of witnesses in them
// (c2sp.org/tlog-cosignature) with github.com/transparency-dev/formats, which shares no code with what wrote them.
//
//	receipts -key <verifier of the log> -witness <verifier of a witness> <file.tlog-proof>…
//
// The entry is the receipt's extra data. Prints one line of JSON; exit status 0 good, 1 problems found, 2 usage.
package main

import (
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"

	formats "github.com/transparency-dev/formats/note"
	tlogproof "github.com/transparency-dev/formats/proof"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
)

type verdict struct {
	Receipts int      `json:"receipts"`
	Cosigned int      `json:"cosigned"`
	Problems []string `json:"problems"`
}

func main() {
	key := flag.String("key", "", "verifier key of the log")
	witness := flag.String("witness", "", "verifier key of a witness, who must have cosigned")
	flag.Parse()
	if *key == "" || flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	v := verdict{Problems: []string{}}
	for _, file := range flag.Args() {
		cosigned, err := check(file, *key, *witness)
		if err != nil {
			v.Problems = append(v.Problems, fmt.Sprintf("%s: %v", file, err))
			continue
		}
		v.Receipts++
		v.Cosigned += cosigned
	}
	json.NewEncoder(os.Stdout).Encode(v)
	if len(v.Problems) > 0 {
		os.Exit(1)
	}
}

func check(file, key, witness string) (cosigned int, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	var receipt tlogproof.TLogProof
	if err := receipt.Unmarshal(text); err != nil {
		return 0, err
	}
	log, err := note.NewVerifier(key)
	if err != nil {
		return 0, err
	}
	// The log's own signature is needed by itself: a witness can't stand in for it.
	opened, err := note.Open(receipt.Checkpoint, note.VerifierList(log))
	if err != nil {
		return 0, err
	}
	if witness != "" {
		cosigner, err := formats.NewVerifierForCosignatureV1(witness)
		if err != nil {
			return 0, err
		}
		seen, err := note.Open(receipt.Checkpoint, note.VerifierList(cosigner))
		if err != nil {
			return 0, fmt.Errorf("witness: %w", err)
		}
		cosigned = len(seen.Sigs)
	}
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseUint(lines[1], 10, 64)
	if err != nil {
		return 0, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil {
		return 0, err
	}
	hashes := make([][]byte, len(receipt.Hashes))
	for n := range receipt.Hashes {
		hashes[n] = receipt.Hashes[n][:]
	}
	leaf := rfc6962.DefaultHasher.HashLeaf(receipt.ExtraData)
	return cosigned, proof.VerifyInclusion(rfc6962.DefaultHasher, receipt.Index, size, leaf, hashes, root)
}
