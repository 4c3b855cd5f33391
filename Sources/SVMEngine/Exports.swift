// The engine's signatures use matrices, features and random streams: importing it includes them.
@_exported import LinearAlgebra
