import Text

/// Files of data that are recognized and not read: no library for them is in every distribution, or
/// it costs more than it gives. Each comes with what makes a file that is read.
enum UnreadFormat {
  /// Why a file is not read; nil where it is none of these.
  static func error(for head: FileHead, path: String) -> DataError? {
    func starts(_ text: String) -> Bool { head.bytes.starts(with: Array(text.utf8)) }
    let python = "in Python: import polars as pl; pl."
    let name = head.name.isEmpty ? "data" : Escaping.visible(head.name)
    let stem = name.split(separator: ".").first.map(String.init) ?? name
    func polars(_ reader: String) -> String {
      "\(python)\(reader)(\"\(name)\").write_csv(\"\(stem).csv\")"
    }
    if starts("PAR1") {
      return DataError(
        "is a Parquet file, which is not read", path: path, help: polars("read_parquet"))
    }
    if starts("ARROW1") || starts("FEA1") {
      return DataError("is an Arrow file, which is not read", path: path, help: polars("read_ipc"))
    }
    if starts("MATLAB 7"), head.bytes.count > 128, head.bytes[124...125].contains(2) {
      return DataError(
        "is a MAT-file of level 7.3, which is HDF5, and not read", path: path,
        help: "in MATLAB: load('\(name)'); save('\(stem)_7.mat', '-v7', 'X', 'y')")
    }
    if head.bytes.starts(with: [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]) {
      return DataError(
        "is an HDF5 file, which is not read", path: path,
        help: "in Python: import h5py, numpy; f = h5py.File(\"\(name)\"); "
          + "numpy.savez(\"\(stem).npz\", X=f[\"X\"][:], y=f[\"y\"][:])")
    }
    return nil
  }
}
