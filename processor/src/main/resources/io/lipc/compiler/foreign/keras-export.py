import keras
model = keras.models.load_model("{file}")
model.export("{onnx}", format="onnx")
