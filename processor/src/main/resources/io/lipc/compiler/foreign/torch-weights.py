import torch
from safetensors.torch import save_file
state = torch.load("{file}", map_location="cpu", weights_only=True)
save_file({k: v.contiguous() for k, v in state.items()}, "{weights}")
