"""Trains the meaning model from labelled posts; nothing in the checker imports it.

corpus.py       labelled posts and rows of names, read from their files
samples.py      both of them cut into the pieces that the network reads, with what it should say of each
network.py      the encoder and its two heads
training.py     fits a network to samples
folds.py        keeps writers apart in cross-validation
prediction.py   lets a network read posts
calibration.py  turns held-out logits into probabilities and thresholds
export.py       writes a network as ONNX, whole and in eight-bit integers
"""
