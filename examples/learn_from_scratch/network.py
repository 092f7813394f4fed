"""A small network that looks where a question and its options say, and scores the options."""

from __future__ import annotations

import math

import torch
from batches import OPTIONS, QUESTION_WORDS, SIDE, WORDS
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS = 64, 8
PLACES_FIRST, SHARPNESS = 3.0, 3.0


class Words(nn.Module):
    """A vector for a few words in order: each word and its place are mixed, then all are added."""

    def __init__(self) -> None:
        super().__init__()
        self.word = nn.Embedding(WORDS, WIDTH, padding_idx=0)
        self.place = nn.Parameter(torch.randn(QUESTION_WORDS, WIDTH))
        self.mix = nn.Sequential(
            nn.Linear(WIDTH, 2 * WIDTH), nn.GELU(), nn.Linear(2 * WIDTH, WIDTH)
        )

    def forward(self, words: Tensor) -> Tensor:
        mixed = self.mix(self.word(words) + self.place[: words.shape[-1]])
        return functional.layer_norm((mixed * (words > 0)[..., None]).sum(-2), (WIDTH,))


class Looker(nn.Module):
    """Scores options: what is seen where the question says has to match the option's words, or
    what is seen where the option says has to look right."""

    places: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.eye = nn.Sequential(
            nn.Conv2d(3, 32, 4, stride=4),
            nn.GELU(),
            nn.Conv2d(32, 48, 3, padding=1),
            nn.GELU(),
            nn.Conv2d(48, WIDTH, 3, stride=2, padding=1),
        )
        places = _places(SIDE // 8)
        self.register_buffer("places", places)
        self.place = nn.Linear(places.shape[1], WIDTH)
        self.place_key = nn.Linear(places.shape[1], WIDTH)
        self.question, self.option = Words(), Words()
        self.where = nn.Sequential(
            nn.Linear(WIDTH, 2 * WIDTH), nn.GELU(), nn.Linear(2 * WIDTH, WIDTH)
        )
        self.key, self.value = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.match = nn.Linear(WIDTH, WIDTH)
        self.judge = nn.Sequential(nn.Linear(WIDTH, 2 * WIDTH), nn.GELU(), nn.Linear(2 * WIDTH, 1))

    def forward(
        self, pictures: Tensor, question: Tensor, options: Tensor, options_given: Tensor
    ) -> Tensor:
        """Logits, B x OPTIONS. A single picture serves all questions."""
        grid = self.eye(pictures.float() / 127.5 - 1).flatten(2).transpose(1, 2)
        grid = functional.layer_norm(grid, (WIDTH,))
        # Heads start with sharp looks at places of their own: heads that look everywhere at once
        # see a mean colour, and take long to find out where a question means.
        keys = self.key(grid) + PLACES_FIRST * self.place_key(self.places)
        grid = functional.gelu(grid + self.place(self.places))
        asked, offered = self.question(question), self.option(options)
        wanted = self.where(torch.cat([asked[:, None], asked[:, None] + offered], dim=1))
        seen = functional.scaled_dot_product_attention(
            SHARPNESS * _heads(functional.layer_norm(wanted, (WIDTH,))),
            _heads(functional.layer_norm(keys, (WIDTH,))).expand(len(question), -1, -1, -1),
            _heads(self.value(grid)).expand(len(question), -1, -1, -1),
        )
        seen = seen.transpose(1, 2).flatten(2)
        there, at_options = seen[:, :1], seen[:, 1:]
        logits = (self.match(functional.gelu(there)) * offered).sum(-1) / math.sqrt(WIDTH)
        logits = logits + self.judge(at_options).squeeze(-1)
        unused = torch.arange(OPTIONS, device=logits.device) >= options_given[:, None]
        return logits.masked_fill(unused, -torch.inf)


def _heads(vectors: Tensor) -> Tensor:
    return vectors.unflatten(-1, (HEADS, WIDTH // HEADS)).transpose(1, 2)


def _places(side: int) -> Tensor:
    """Waves over rows and columns of a grid, so that neighbouring places are alike."""
    waves = torch.linspace(-1, 1, side)[:, None] * torch.arange(1, 7) * math.pi / 2
    line = torch.cat([waves.sin(), waves.cos()], dim=1)
    rows, columns = line[:, None].expand(-1, side, -1), line[None].expand(side, -1, -1)
    return torch.cat([rows, columns], dim=-1).flatten(0, 1)
