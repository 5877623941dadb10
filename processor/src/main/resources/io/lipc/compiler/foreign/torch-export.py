import torch
torch.onnx.export(model.eval(), torch.zeros(1, INPUTS), "{onnx}")
