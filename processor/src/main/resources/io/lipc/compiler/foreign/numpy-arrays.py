import numpy as np
from safetensors.numpy import save_file
arrays = np.load("{file}")
save_file({k: np.ascontiguousarray(arrays[k]) for k in arrays}, "{weights}")
