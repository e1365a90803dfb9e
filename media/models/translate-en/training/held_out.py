"""Writes the held-out Tatoeba sentences as files for `headlight score`: the very ones that evaluate.py translates.

    python held_out.py --corpora ../../../corpora --out held-out

For each language: `LANGUAGE.txt` with a source a line, and `LANGUAGE.ref01.txt`, `LANGUAGE.ref02.txt`, … with its
references. A sentence with fewer references than others repeats its first, which changes neither BLEU nor chrF.
"""
import argparse, os, random

from train import load_data

SENTENCES = 1000      # at most, as in evaluate.py


def write_lines(path, lines):
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.writelines(line + "\n" for line in lines)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpora", required=True)
    ap.add_argument("--out", required=True)
    args = ap.parse_args()
    training, held_out, coreference_test = load_data(args.corpora)
    seen = {p[1] for p in training} & {p[1] for p in held_out}
    assert not seen, f"{len(seen)} held-out sources are in training"
    os.makedirs(args.out, exist_ok=True)
    rng = random.Random(5)                                          # draws as evaluate.py does
    rng.shuffle([x for x in coreference_test if x["other_gender"]])
    for language in ("fra", "cmn"):
        references = {}
        for l, source, target, *_ in held_out:
            if l == language:
                references.setdefault(source, []).append(target)
        sources = sorted(references)
        rng.shuffle(sources)
        sources = sources[:SENTENCES]
        write_lines(os.path.join(args.out, f"{language}.txt"), sources)
        most = max(len(references[s]) for s in sources)
        for i in range(most):
            column = [references[s][i] if i < len(references[s]) else references[s][0] for s in sources]
            write_lines(os.path.join(args.out, f"{language}.ref{i + 1:02}.txt"), column)
        print(f"{language}: {len(sources)} sentences, {sum(len(references[s]) for s in sources)} references, at most {most} a sentence")


if __name__ == "__main__":
    main()
