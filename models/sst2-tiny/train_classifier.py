"""Trains a small BERT classifier from scratch and saves it in Hugging Face layout.

usage: T=threads LR=5e-4 train_classifier.py NAME TRAIN.tsv DEV.tsv OUT MAX_TOKENS EPOCHS LAYERS HIDDEN HEADS

The files are TSV with a header that names the columns sentence (or text) and label.
sst2-tiny was made with the arguments: 64 4 4 128 4. Needs torch, transformers and tokenizers.
"""
import math
import os
import random
import sys
import time

import torch
import torch.nn.functional as F
from tokenizers import BertWordPieceTokenizer
from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

SEED = 7
VOCABULARY_SIZE = 8000
WORD_DROPOUT = 0.1
LAST_SPECIAL_ID = 4


def load(path):
    """The rows of a TSV file as (text, label)."""
    rows = []
    for number, line in enumerate(open(path, encoding="utf8")):
        columns = line.rstrip("\n").split("\t")
        if number == 0 and "label" in columns:
            text_column = columns.index("sentence" if "sentence" in columns else "text")
            label_column = columns.index("label")
            continue
        try:
            rows.append((columns[text_column], int(columns[label_column])))
        except (IndexError, ValueError):
            pass
    return rows


def make_tokenizer(rows, out):
    """Trains a lower-casing word-piece tokenizer on the texts."""
    pieces = BertWordPieceTokenizer(lowercase=True)
    pieces.train_from_iterator(
        (text for text, _ in rows),
        vocab_size=VOCABULARY_SIZE,
        min_frequency=2,
        show_progress=False,
    )
    os.makedirs(out, exist_ok=True)
    pieces.save_model(out)
    tokenizer = BertTokenizerFast(vocab=out + "/vocab.txt", do_lower_case=True)
    tokenizer.save_pretrained(out)
    return tokenizer


def batches(data, size, shuffle):
    """Padded batches of about equal lengths: ids, attention mask, labels."""
    data = list(data)
    if shuffle:
        random.shuffle(data)
    chunks = [
        sorted(data[i : i + size * 50], key=lambda row: len(row[0]))
        for i in range(0, len(data), size * 50)
    ]
    result = [chunk[i : i + size] for chunk in chunks for i in range(0, len(chunk), size)]
    if shuffle:
        random.shuffle(result)
    for batch in result:
        width = max(len(ids) for ids, _ in batch)
        ids = torch.zeros(len(batch), width, dtype=torch.long)
        mask = torch.zeros(len(batch), width, dtype=torch.long)
        for i, (row, _) in enumerate(batch):
            ids[i, : len(row)] = torch.tensor(row)
            mask[i, : len(row)] = 1
        yield ids, mask, torch.tensor([label for _, label in batch])


def train_epoch(model, data, size, optimizer, schedule, mask_id):
    model.train()
    for ids, mask, labels in batches(data, size, True):
        # Word dropout as regulariser; it teaches the mask token too.
        drop = (torch.rand(ids.shape) < WORD_DROPOUT) & (mask == 1) & (ids > LAST_SPECIAL_ID)
        ids = torch.where(drop, torch.full_like(ids, mask_id), ids)
        loss = F.cross_entropy(model(ids, attention_mask=mask).logits, labels)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    return loss.item()


def accuracy(model, data):
    model.eval()
    correct = 0
    with torch.no_grad():
        for ids, mask, labels in batches(data, 64, False):
            predicted = model(ids, attention_mask=mask).logits.argmax(-1)
            correct += (predicted == labels).sum().item()
    return correct / len(data)


def main():
    name, train_file, dev_file, out = sys.argv[1:5]
    longest, epochs, layers, hidden, heads = map(int, sys.argv[5:10])
    torch.manual_seed(SEED)
    random.seed(SEED)
    torch.set_num_threads(int(os.environ.get("T", "1")))
    train, dev = load(train_file), load(dev_file)
    first_label = min(label for _, label in train)
    tokenizer = make_tokenizer(train, out)
    config = BertConfig(
        vocab_size=VOCABULARY_SIZE,
        hidden_size=hidden,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=4 * hidden,
        max_position_embeddings=512,
        num_labels=len({label for _, label in train}),
        initializer_range=0.02,
    )
    model = BertForSequenceClassification(config)

    def encode(rows):
        return [
            (
                tokenizer(text, truncation=True, max_length=longest)["input_ids"],
                label - first_label,
            )
            for text, label in rows
        ]

    train, dev = encode(train), encode(dev)
    size = 64 if longest <= 128 else 32
    steps = epochs * math.ceil(len(train) / size)
    rate = float(os.environ.get("LR", "2e-4"))
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / (0.1 * steps)) * max(0, 1 - step / steps)
    )
    best, start = 0, time.time()
    for epoch in range(epochs):
        loss = train_epoch(model, train, size, optimizer, schedule, tokenizer.mask_token_id)
        reached = accuracy(model, dev)
        seconds = round(time.time() - start)
        print(name, "epoch", epoch, "loss", round(loss, 3), "dev", round(reached, 4), seconds, "s")
        if reached > best:
            best = reached
            model.save_pretrained(out)
    print("best", best)


if __name__ == "__main__":
    main()
