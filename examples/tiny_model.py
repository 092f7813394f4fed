"""A vision-language model that needs no download: the architecture of Idefics3, tiny, untrained.

It shows that a training loop works from end to end, on a CPU, in seconds; it will not learn to
play. For that, give the examples a real model, such as `--model Qwen/Qwen2.5-VL-3B-Instruct`.
"""

from __future__ import annotations

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    Idefics3Config,
    Idefics3ForConditionalGeneration,
    Idefics3ImageProcessorPil,
    Idefics3Processor,
    PreTrainedTokenizerFast,
    set_seed,
)

import gameqa

PAD, START, END = "<|pad|>", "<|im_start|>", "<end_of_utterance>"
IMAGE, AROUND_IMAGE, GLOBAL_IMAGE = "<image>", "<fake_token_around_image>", "<global-img>"
SPECIAL = [PAD, START, END, IMAGE, AROUND_IMAGE, GLOBAL_IMAGE]

PIXELS, PATCH, SHRINK, WIDTH = 112, 8, 2, 64  # 14 x 14 patches, 7 x 7 tokens a picture

CHAT_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}: "
    "{% if message.content is string %}{{ message.content }}{% else %}"
    "{% for part in message.content %}"
    "{% if part.type == 'image' %}<image>{% else %}{{ part.text }}{% endif %}{% endfor %}"
    "{% endif %}<end_of_utterance>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant: {% endif %}"
)


def tiny_model(seed: int = 0) -> tuple[Idefics3ForConditionalGeneration, Idefics3Processor]:
    """A model of a quarter of a million random weights, and its processor."""
    tokenizer = tiny_tokenizer()
    shape = {
        "hidden_size": WIDTH,
        "intermediate_size": 2 * WIDTH,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
    }
    pad, start, end, image = (
        tokenizer.convert_tokens_to_ids(token) for token in (PAD, START, END, IMAGE)
    )
    config = Idefics3Config(
        vision_config={**shape, "image_size": PIXELS, "patch_size": PATCH},
        text_config={
            **shape,
            "model_type": "llama",
            "num_key_value_heads": 2,
            "vocab_size": len(tokenizer),
            "max_position_embeddings": 4096,
            "pad_token_id": pad,
            "bos_token_id": start,
            "eos_token_id": end,
        },
        scale_factor=SHRINK,
        image_token_id=image,
        pad_token_id=pad,
        tie_word_embeddings=True,
    )
    set_seed(seed)
    model = Idefics3ForConditionalGeneration(config)
    processor = Idefics3Processor(
        image_processor=Idefics3ImageProcessorPil(
            do_image_splitting=False,
            size={"longest_edge": PIXELS},
            max_image_size={"longest_edge": PIXELS},
        ),
        tokenizer=tokenizer,
        image_seq_len=(PIXELS // PATCH // SHRINK) ** 2,
        chat_template=CHAT_TEMPLATE,
    )
    return model, processor


def tiny_tokenizer(vocabulary: int = 1024) -> PreTrainedTokenizerFast:
    """A byte-level BPE, trained on a question and an analysis of every game."""
    samples = [gameqa.sample(game) for game in gameqa.list_games()]
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=SPECIAL,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    texts = (text for sample in samples for text in (sample.question, sample.analysis))
    tokenizer.train_from_iterator(texts, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token=PAD, bos_token=START, eos_token=END
    )
