"""End-to-end lattice-free MMI, for monophones with one entry frame and a self-loop.

The objective for an utterance is  log P(frames, its phone sequence) - log P(frames, any
phone sequence) under a bigram phone model. Both sums run over all alignments, so neither
alignments nor a teacher model are needed. Gradients with respect to the network's outputs
are occupancies: numerator minus denominator (Hadian, Sameti, Povey and Khudanpur,
"End-to-end speech recognition using lattice-free MMI", 2018).

The recursions are compiled (numba), one utterance to a thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from common import PHONE_ID, PHONES
from numba import njit, prange
from numpy.typing import NDArray

N = len(PHONES)
SIL = PHONE_ID["SIL"]
NEG = -1e30


class PhoneModel(NamedTuple):
    """P(next | phone), shape (N, N), and P(first), shape (N,): the denominator's idea of speech."""

    after: NDArray[np.float64]
    first: NDArray[np.float64]


class Targets(NamedTuple):
    """What was said, of a batch of B utterances of up to S phones: ids (B, S); which may be left out (B, S), never
    two in a row; how many count (B,)."""

    phones: NDArray[np.int64]
    optional: NDArray[np.bool_]
    sizes: NDArray[np.int64]


def phone_bigram(sequences: Iterable[Sequence[int]]) -> PhoneModel:
    """Count phone-id sequences; smoothed by the phones' own frequency."""
    bi, uni, start = np.zeros((N, N)), np.ones(N), np.full(N, 0.1)
    for s in sequences:
        start[s[0]] += 1
        for i, q in enumerate(s):
            uni[q] += 1
            if i:
                bi[s[i - 1], q] += 1
    u = uni / uni.sum()
    return PhoneModel((bi + 20 * u) / (bi.sum(1, keepdims=True) + 20), start / start.sum())


@njit(parallel=True, cache=True)
def denominator(out, lengths, bi, start):  # type: ignore[no-untyped-def]
    """out (B, T, 2N) float32, lengths (B,) -> log-probabilities (B,) and pdf occupancies (B, T, 2N)."""
    B, T, P = out.shape
    n = P // 2
    post, logz = np.zeros((B, T, P), np.float32), np.zeros(B)
    for b in prange(B):
        L = lengths[b]
        ef, es = np.zeros((L, n)), np.zeros((L, n))
        alpha, flow = np.zeros((L, n)), np.zeros((L, n))
        total = 0.0
        for t in range(L):
            top = out[b, t].max()
            for q in range(n):
                ef[t, q] = np.exp(out[b, t, 2 * q] - top)
                es[t, q] = np.exp(out[b, t, 2 * q + 1] - top)
            if t:
                flow[t] = alpha[t - 1] @ bi
                for q in range(n):
                    alpha[t, q] = flow[t, q] * ef[t, q] + alpha[t - 1, q] * es[t, q]
            else:
                flow[0] = start
                alpha[0] = start * ef[0]
            norm = max(alpha[t].sum(), 1e-35)
            alpha[t] /= norm
            total += np.log(norm) + top
        logz[b] = total
        beta = np.ones(n)
        for t in range(L - 1, -1, -1):
            w, v = beta * ef[t], beta * es[t]
            occ_f = flow[t] * w
            occ_s = alpha[t - 1] * v if t else np.zeros(n)
            z = 1.0 / max(occ_f.sum() + occ_s.sum(), 1e-35)
            for q in range(n):
                post[b, t, 2 * q] = occ_f[q] * z
                post[b, t, 2 * q + 1] = occ_s[q] * z
            if t:
                beta = bi @ w + v
                beta /= max(beta.sum(), 1e-35)
    return logz, post


@njit(cache=True)
def _add(a, b):  # type: ignore[no-untyped-def]
    if a < b:
        a, b = b, a
    return a + np.log1p(np.exp(b - a)) if b > -1e29 else a


@njit(parallel=True, cache=True)
def numerator(out, lengths, phones, optional, sizes, lm, first):  # type: ignore[no-untyped-def]
    """Sum over alignments of each utterance's phone string, some of whose phones may be left out.

    lm and first: logarithms of the denominator's phone model; with another one, leaving out SIL, say, would be a
    free gain. Returns log-probabilities (B,) and occupancies (B, T, 2N).
    """
    B, T, P = out.shape
    post, logp = np.zeros((B, T, P), np.float32), np.zeros(B)
    for b in prange(B):
        L, S = lengths[b], sizes[b]
        one, two = np.full(S, NEG), np.full(S, NEG)  # into position s from s - 1, and from s - 2
        for s in range(1, S):
            one[s] = lm[phones[b, s - 1], phones[b, s]]
            if s > 1 and optional[b, s - 1]:
                two[s] = lm[phones[b, s - 2], phones[b, s]]
        alpha, inflow = np.full((L, S), NEG), np.full((L, S), NEG)
        inflow[0, 0] = first[phones[b, 0]]
        if S > 1 and optional[b, 0]:
            inflow[0, 1] = first[phones[b, 1]]
        for s in range(min(S, 2)):
            if inflow[0, s] > NEG:
                alpha[0, s] = inflow[0, s] + out[b, 0, 2 * phones[b, s]]
        for t in range(1, L):
            for s in range(S):
                x = NEG
                if s and alpha[t - 1, s - 1] > -1e29:
                    x = alpha[t - 1, s - 1] + one[s]
                if s > 1 and two[s] > NEG and alpha[t - 1, s - 2] > -1e29:
                    x = _add(x, alpha[t - 1, s - 2] + two[s])
                inflow[t, s] = x
                a = x + out[b, t, 2 * phones[b, s]] if x > -1e29 else NEG
                if alpha[t - 1, s] > -1e29:
                    a = _add(a, alpha[t - 1, s] + out[b, t, 2 * phones[b, s] + 1])
                alpha[t, s] = a
        last = optional[b, S - 1] and S > 1
        logp[b] = _add(alpha[L - 1, S - 1], alpha[L - 1, S - 2]) if last else alpha[L - 1, S - 1]
        if logp[b] < -1e20:
            continue
        beta, before = np.full(S, NEG), np.full(S, NEG)
        beta[S - 1] = 0.0
        if last:
            beta[S - 2] = 0.0
        for t in range(L - 1, -1, -1):
            for s in range(S):
                w, v = beta[s] + out[b, t, 2 * phones[b, s]], beta[s] + out[b, t, 2 * phones[b, s] + 1]
                if inflow[t, s] > -1e29 and w > -1e29:
                    post[b, t, 2 * phones[b, s]] += np.exp(min(inflow[t, s] + w - logp[b], 0.0))
                if t and alpha[t - 1, s] > -1e29 and v > -1e29:
                    post[b, t, 2 * phones[b, s] + 1] += np.exp(min(alpha[t - 1, s] + v - logp[b], 0.0))
            if t:
                for s in range(S):
                    x = beta[s] + out[b, t, 2 * phones[b, s] + 1] if beta[s] > -1e29 else NEG
                    if s + 1 < S and beta[s + 1] > -1e29:
                        x = _add(x, beta[s + 1] + out[b, t, 2 * phones[b, s + 1]] + one[s + 1])
                    if s + 2 < S and two[s + 2] > NEG and beta[s + 2] > -1e29:
                        x = _add(x, beta[s + 2] + out[b, t, 2 * phones[b, s + 2]] + two[s + 2])
                    before[s] = x
                beta[:] = before
    return logp, post


def score(out: NDArray[np.float32], lengths: NDArray[np.int64], targets: Targets, model: PhoneModel) -> Any:
    """(numerator - denominator) log-probabilities (B,), and the gradient of their sum: (B, T, 2N)."""
    den, den_post = denominator(out, lengths, model.after, model.first)
    lm, first = np.log(model.after + 1e-10), np.log(model.first + 1e-10)
    num, num_post = numerator(out, lengths, *targets, lm, first)
    ok = np.isfinite(num) & (num > -1e20) & np.isfinite(den)
    return np.where(ok, num - den, np.nan), (num_post - den_post) * ok[:, None, None]


class LFMMI(torch.autograd.Function):
    """Mean loss a frame; see the module's docstring. An utterance too short for its words counts nothing."""

    @staticmethod
    def forward(ctx: Any, out: torch.Tensor, lengths: NDArray[np.int64], targets: Targets, model: PhoneModel) -> Any:
        value, gradient = score(out.detach().numpy(), lengths, targets, model)
        frames = int(lengths.sum())
        ctx.save_for_backward(torch.from_numpy(gradient / np.float32(-frames)))
        return out.new_tensor(-np.nansum(value) / frames)

    @staticmethod
    def backward(ctx: Any, g: torch.Tensor) -> Any:
        return ctx.saved_tensors[0] * g, None, None, None


def lfmmi(out: torch.Tensor, lengths: NDArray[np.int64], said: Targets, model: PhoneModel) -> torch.Tensor:
    """The mean loss a frame of network outputs (B, T, 2N), to be minimised."""
    loss: torch.Tensor = LFMMI.apply(out, lengths, said, model)  # type: ignore[no-untyped-call]
    return loss
