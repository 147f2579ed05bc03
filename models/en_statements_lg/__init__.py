"""The shipped pipeline's files: config.cfg, meta.json, the ONNX graph, the tokenizer and the model card."""
