// Matrices, features and random streams stand in the engine's signatures: whoever imports it has
// them, too.
@_exported import LinearAlgebra
