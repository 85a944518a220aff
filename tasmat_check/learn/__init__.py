"""Trains the meaning model from labelled posts; nothing in the checker imports it.

corpus.py       labelled posts and rows of names, read from their files
samples.py      both of them cut into the pieces that the network reads, with what it should say of each
network.py      the encoder and its two heads
training.py     fits a network to samples
calibration.py  turns held-out logits into probabilities and thresholds
export.py       writes a network as ONNX in eight-bit integers
comparison.py   other ways of learning the same, and the learning curve
"""
