/// The commands of formulas that stand for one sign or word.
enum FormulaSymbols {
  /// Letters, in italics as variables are; capitals of Greek stand upright, as TeX has them.
  static let letters: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "varrho": "ϱ",
    "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "ell": "ℓ", "imath": "ı", "jmath": "ȷ", "hbar": "ℏ",
  ]

  /// Letters and signs that stand upright and count as letters.
  static let uprights: [String: String] = [
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "infty": "∞", "partial": "∂",
    "nabla": "∇", "emptyset": "∅", "varnothing": "∅", "Re": "ℜ", "Im": "ℑ", "aleph": "ℵ",
    "top": "⊤", "bot": "⊥", "angle": "∠", "prime": "′", "ldots": "…", "dots": "…", "dotsc": "…",
    "cdots": "⋯", "dotsb": "⋯", "vdots": "⋮", "ddots": "⋱", "forall": "∀", "exists": "∃",
    "neg": "¬", "lnot": "¬", "checkmark": "✓", "square": "□", "star": "⋆", "degree": "°",
    "%": "%", "$": "$", "#": "#", "&": "&", "_": "_", "{": "{", "}": "}",
  ]

  /// Signs between two parts.
  static let binaries: [String: String] = [
    "cdot": "⋅", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "ast": "∗", "circ": "∘",
    "bullet": "∙", "cup": "∪", "cap": "∩", "setminus": "∖", "oplus": "⊕", "ominus": "⊖",
    "otimes": "⊗", "odot": "⊙", "wedge": "∧", "land": "∧", "vee": "∨", "lor": "∨",
  ]

  /// Signs of relations.
  static let relations: [String: String] = [
    "le": "≤", "leq": "≤", "leqslant": "⩽", "ge": "≥", "geq": "≥", "geqslant": "⩾", "lt": "<",
    "gt": ">", "ne": "≠", "neq": "≠", "ll": "≪", "gg": "≫", "approx": "≈", "sim": "∼",
    "simeq": "≃", "cong": "≅", "equiv": "≡", "propto": "∝", "in": "∈", "notin": "∉", "ni": "∋",
    "subset": "⊂", "subseteq": "⊆", "supset": "⊃", "supseteq": "⊇", "perp": "⊥",
    "parallel": "∥", "mid": "∣", "to": "→", "rightarrow": "→", "gets": "←", "leftarrow": "←",
    "leftrightarrow": "↔", "Rightarrow": "⇒", "implies": "⟹", "Leftarrow": "⇐", "iff": "⟺",
    "Leftrightarrow": "⇔", "longrightarrow": "⟶", "longleftarrow": "⟵", "mapsto": "↦",
    "uparrow": "↑", "downarrow": "↓", "models": "⊨", "vdash": "⊢", "triangleq": "≜",
    "doteq": "≐", "coloneqq": "≔", "prec": "≺", "succ": "≻", "preceq": "⪯", "succeq": "⪰",
  ]

  /// Large signs, and whether their bounds stand below and above.
  static let largeOperators: [String: (sign: String, takesLimits: Bool)] = [
    "sum": ("∑", true), "prod": ("∏", true), "coprod": ("∐", true), "bigcup": ("⋃", true),
    "bigcap": ("⋂", true), "bigoplus": ("⨁", true), "bigotimes": ("⨂", true),
    "bigvee": ("⋁", true), "bigwedge": ("⋀", true), "int": ("∫", false), "iint": ("∬", false),
    "oint": ("∮", false),
  ]

  /// Words, and whether their bounds stand below.
  static let functions: [String: (word: String, takesLimits: Bool)] = {
    var functions: [String: (word: String, takesLimits: Bool)] = [:]
    for word in [
      "log", "ln", "exp", "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh",
      "dim", "ker", "deg", "hom", "arg", "lg", "sec", "csc", "cot",
    ] {
      functions[word] = (word, false)
    }
    for word in ["max", "min", "sup", "inf", "lim", "det", "gcd", "Pr"] {
      functions[word] = (word, true)
    }
    functions["limsup"] = ("lim sup", true)
    functions["liminf"] = ("lim inf", true)
    return functions
  }()

  /// What may stand after `\left`, `\right` and `\big`; a point is nothing.
  static let delimiters: [String: String] = [
    "(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "/": "/", ".": "", "<": "⟨", ">": "⟩",
    "\\{": "{", "\\}": "}", "\\lbrace": "{", "\\rbrace": "}", "\\|": "‖", "\\vert": "|",
    "\\lvert": "|", "\\rvert": "|", "\\Vert": "‖", "\\lVert": "‖", "\\rVert": "‖",
    "\\langle": "⟨", "\\rangle": "⟩", "\\lfloor": "⌊", "\\rfloor": "⌋", "\\lceil": "⌈",
    "\\rceil": "⌉", "\\lbrack": "[", "\\rbrack": "]",
  ]

  /// Delimiters that open or close wherever they stand.
  static let openings: Set<String> = ["(", "[", "{", "⟨", "⌊", "⌈"]
  static let closings: Set<String> = [")", "]", "}", "⟩", "⌋", "⌉"]

  /// Gaps in em.
  static let spaces: [String: String] = [
    ",": "0.1667em", ":": "0.2222em", ">": "0.2222em", ";": "0.2778em", "!": "-0.1667em",
    " ": "0.25em", "quad": "1em", "qquad": "2em", "enspace": "0.5em", "thinspace": "0.1667em",
    "medspace": "0.2222em", "thickspace": "0.2778em", "enskip": "0.5em",
  ]

  /// Signs over or under a part, and whether they grow with it.
  static let accents: [String: (sign: String, isOver: Bool, stretches: Bool)] = [
    "hat": ("^", true, false), "widehat": ("^", true, true), "bar": ("¯", true, false),
    "overline": ("¯", true, true), "tilde": ("~", true, false), "widetilde": ("~", true, true),
    "vec": ("→", true, false), "overrightarrow": ("→", true, true), "dot": ("˙", true, false),
    "ddot": ("¨", true, false), "check": ("ˇ", true, false), "breve": ("˘", true, false),
    "acute": ("´", true, false), "grave": ("`", true, false), "underline": ("_", false, true),
    "overbrace": ("⏞", true, true), "underbrace": ("⏟", false, true),
  ]

  /// Heights of `\big` and its like.
  static let sizes: [String: String] = [
    "big": "1.2em", "Big": "1.8em", "bigg": "2.4em", "Bigg": "3em",
  ]
}
