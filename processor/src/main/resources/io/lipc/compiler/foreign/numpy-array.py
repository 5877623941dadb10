import numpy as np
from safetensors.numpy import save_file
save_file({"LAYER.weight": np.load("{file}")}, "{weights}")
