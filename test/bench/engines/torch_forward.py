"""PyTorch, eager, float32, every attention matrix returned. Speaks as test/bench/contestant.ts says."""

import ctypes
import json
import math
import os
import resource
import struct
import sys
import time

ENTRY = json.loads(sys.argv[1])
THREADS = ENTRY["threads"]
os.environ["OMP_NUM_THREADS"] = str(THREADS)

import torch  # noqa: E402  (reads the number of threads when it is imported)
import torch.nn.functional as F  # noqa: E402

torch.set_num_threads(THREADS)
torch.set_grad_enabled(False)

SHAPE = ENTRY["shape"]
LAYERS, WIDTH, HEADS = SHAPE["layers"], SHAPE["width"], SHAPE["heads"]
HEAD_WIDTH = WIDTH // HEADS
MASKED = -1e9


def read_safetensors(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        tensors = {}
        for name, entry in header.items():
            start, end = entry["data_offsets"]
            file.seek(8 + length + start)
            data = bytearray(file.read(end - start))
            tensors[name] = torch.frombuffer(data, dtype=torch.float32).reshape(entry["shape"])
        return tensors


def heads(x):
    return x.view(1, -1, HEADS, HEAD_WIDTH).transpose(1, 2)


def attend(q, k, v, mask, see):
    scores = torch.matmul(q, k.transpose(-1, -2)) / math.sqrt(HEAD_WIDTH)
    if mask is not None:
        scores = scores + mask
    pattern = torch.softmax(scores, -1)
    see(pattern)
    return torch.matmul(pattern, v).transpose(1, 2).reshape(1, -1, WIDTH)


class Bert:
    def __init__(self, w):
        self.w = w

    def linear(self, x, name):
        return F.linear(x, self.w[name + ".weight"], self.w[name + ".bias"])

    def norm(self, x, name):
        return F.layer_norm(x, (WIDTH,), self.w[name + ".weight"], self.w[name + ".bias"], 1e-12)

    def forward(self, ids, see):
        w = self.w
        x = F.embedding(ids, w["embeddings.word_embeddings.weight"])
        x = x + w["embeddings.position_embeddings.weight"][: ids.shape[1]]
        x = x + w["embeddings.token_type_embeddings.weight"][0]
        x = self.norm(x, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            block = f"encoder.layer.{layer}"
            q, k, v = (
                heads(self.linear(x, f"{block}.attention.self.{part}"))
                for part in ("query", "key", "value")
            )
            mixed = self.linear(attend(q, k, v, None, see), f"{block}.attention.output.dense")
            middle = self.norm(x + mixed, f"{block}.attention.output.LayerNorm")
            inner = F.gelu(self.linear(middle, f"{block}.intermediate.dense"))
            x = self.norm(middle + self.linear(inner, f"{block}.output.dense"), f"{block}.output.LayerNorm")
        return x


class Gpt2:
    def __init__(self, w):
        self.w = w

    def linear(self, x, name):
        flat = torch.addmm(self.w[name + ".bias"], x.view(-1, x.shape[-1]), self.w[name + ".weight"])
        return flat.view(1, -1, flat.shape[-1])

    def norm(self, x, name):
        return F.layer_norm(x, (WIDTH,), self.w[name + ".weight"], self.w[name + ".bias"], 1e-5)

    def forward(self, ids, see, past=None):
        w = self.w
        offset = 0 if past is None else past[0][0].shape[2]
        length = ids.shape[1]
        mask = torch.full((length, length), MASKED).triu(1) if length > 1 else None
        x = F.embedding(ids, w["transformer.wte.weight"])
        x = x + w["transformer.wpe.weight"][offset : offset + length]
        for layer in range(LAYERS):
            block = f"transformer.h.{layer}"
            qkv = self.linear(self.norm(x, f"{block}.ln_1"), f"{block}.attn.c_attn")
            q, k, v = (heads(part) for part in qkv.split(WIDTH, -1))
            if past is not None:
                k, v = (torch.cat(pair, 2) for pair in zip(past[layer], (k, v)))
            middle = x + self.linear(attend(q, k, v, mask, see), f"{block}.attn.c_proj")
            inner = self.linear(self.norm(middle, f"{block}.ln_2"), f"{block}.mlp.c_fc")
            x = middle + self.linear(F.gelu(inner, approximate="tanh"), f"{block}.mlp.c_proj")
        return F.linear(self.norm(x[:, -1:], "transformer.ln_f"), w["transformer.wte.weight"])


def ids_of(length):
    return torch.tensor([[(13 + i * 7919) % SHAPE["vocabulary"] for i in range(length)]])


def timed(ask, run):
    ms, first_layer_ms = [], []
    for i in range(ask["warmUps"] + ask["runs"]):
        kept, first = [], []
        start = time.perf_counter()

        def see(pattern):
            if not kept:
                first.append((time.perf_counter() - start) * 1e3)
            kept.append(pattern)

        run(see)
        elapsed = (time.perf_counter() - start) * 1e3
        if i >= ask["warmUps"]:
            ms.append(elapsed)
            first_layer_ms.append(first[0])
    return {"ms": ms, "firstLayerMs": first_layer_ms}


def about():
    config = torch.__config__.show()
    found = lambda key, end: config.split(key)[1].split(end)[0].strip() if key in config else "?"
    blas = found("BLAS_INFO=", ",")
    instructions = found("CPU capability usage:", "\n")
    onednn = ", oneDNN" if torch.backends.mkldnn.is_available() else ""
    return f"PyTorch {torch.__version__}, BLAS {blas}{onednn}, {instructions}"


def write_patterns(model, ask):
    with open(ask["file"], "wb") as file:

        def see(pattern):
            whole = pattern.contiguous()
            file.write(ctypes.string_at(whole.data_ptr(), whole.numel() * 4))

        model.forward(ids_of(ask["length"]), see)


def answer(model, ask):
    if ask["ask"] == "patterns":
        write_patterns(model, ask)
        return {}
    if ask["ask"] == "forward":
        ids = ids_of(ask["length"])
        return timed(ask, lambda see: model.forward(ids, see))
    size = (1, HEADS, ask["context"], HEAD_WIDTH)
    past = [(torch.rand(size), torch.rand(size)) for _ in range(LAYERS)]
    return timed(ask, lambda see: model.forward(ids_of(1), see, past))


def main():
    model = None
    for line in sys.stdin:
        ask = json.loads(line)
        try:
            if ask["ask"] == "load":
                start = time.perf_counter()
                weights = read_safetensors(os.path.join(ENTRY["folder"], "model.safetensors"))
                model = (Bert if SHAPE["family"] == "bert" else Gpt2)(weights)
                reply = {"about": about(), "ms": [(time.perf_counter() - start) * 1e3]}
            else:
                reply = answer(model, ask)
        except Exception as error:  # the other side says what went wrong
            reply = {"failure": f"{type(error).__name__}: {error}"}
        unit = 1 if sys.platform == "darwin" else 1024
        reply["peakBytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
        print("bench:" + json.dumps(reply), flush=True)


main()
