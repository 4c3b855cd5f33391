import Interpreter

/// The help topics about what is learned: the words of the course's notes.
extension Topics {
  static let learning: [HelpTopic] = [
    topic(
      "loss", ["losses function", "data loss", "cost"], "How wrong the scores of a sample are.",
      """
          L_i = Σ_{j≠y_i} max(0, s_j − s_{y_i} + Δ),   s = x_i W

      The loss of a sample is 0 where the score of its class is above each other score by Δ. The \
      data loss is the mean over the samples; `objective` adds the penalty. `svm_loss(W, d)` gives \
      loss and gradient, `loss=` chooses another φ in place of max(0, ·), and `help losses` lists \
      them.
      """),
    topic(
      "margin", ["margins", "delta", "Δ", "support"],
      "By how much a score must be above the others.",
      """
          m_j = s_j − s_{y_i} + Δ

      The class j adds to the loss where m_j > 0. `delta=` is Δ; with a penalty only its ratio to \
      the size of W matters, so that 1 is as good as any. `margins(W, X, y)` gives all of them, \
      and `explain` those of one sample. The margin of a binary classifier is 1/‖w‖ wide on each \
      side.

      Support vectors are the samples with a margin that is violated or on its edge, within 0.001 \
      of Δ: `m.support` has their row numbers in the training data. Only they hold W in its place.
      """),
    topic(
      "gradient", ["gradients", "derivative", "dW"], "The slope of the loss in every entry of W.",
      """
          ∂L_i/∂w_j     = 1[m_j > 0] x_i          for j ≠ y_i
          ∂L_i/∂w_{y_i} = −(Σ_{j≠y_i} 1[m_j > 0]) x_i

      A step against it lowers the loss: W ← W − lr ∇J. `loss, dW = svm_loss(W, d)` gives both in \
      one pass, `gradcheck` compares a gradient with (f(w + h) − f(w − h)) / 2h, and `explain` \
      shows the terms of one sample.
      """),
    topic(
      "subgradient", ["subgradients"], "The slope at a kink.",
      """
      At m_j = 0 the hinge has no derivative: every number from 0 to 1 is a slope that stays below \
      the function, and the set of them is the subdifferential. The engine takes 0 there, as the \
      course's indicator 1[m > 0] does. `explain` names the interval, `help kinks` says what \
      `gradcheck` does.
      """),
    topic(
      "regularization", ["regularize", "penalty", "weight decay"],
      "A preference for small weights.",
      """
          R(W) = reg Σ_{k,l} W_{k,l}²

      It makes the best W unique, spreads the weight over all features, and keeps a model from \
      overfitting. `reg=` is its strength, `penalty=` its form (`help penalties`), and the row of \
      the bias is part of it unless `regularize-bias=false`. The gradient gains 2 reg W.
      """),
    topic(
      "bias-trick", ["bias trick", "bias", "intercept"], "The bias as one more weight.",
      """
          f(x) = x W + b = [x 1] [W; b]

      `add-bias d` appends a feature that is always 1, and the bias is then the last row of W. \
      `center` and `standardize` come before it.
      """),
    topic(
      "learning-rate", ["learning rate", "step size"], "How far a step goes.",
      """
          W ← W − lr ∇J

      `lr=` of `train` and `tune`. Too small, and the loss hardly falls; too large, and it rises: \
      `train` says so and stops when it is no longer finite. Of features near 100, as centered \
      pictures have, about 1e-7; of standardized ones about 1e-3 to 1e-2. `schedule=` lowers it as \
      training goes on, `tune d lr=[1e-7, 1e-6] …` tries several, and `dual`, `newton`, `lbfgs` \
      and `fista` need none.
      """),
    topic(
      "epoch", ["epochs", "iteration", "batch size", "minibatch", "sgd steps"],
      "One look at every sample.",
      """
          iterations of an epoch = N / batch

      `train` counts iterations: each is a step on `batch=` rows. 1 500 iterations of 200 rows \
      over 49 000 samples are 6 epochs.
      """),
    topic(
      "templates", ["template"], "The weights of a class, seen as a picture.",
      """
      A score is the product of the picture with a column of W, so that the column is a template \
      of its class: bright where the class is bright. `plot-ascii m` draws them, without the bias \
      and from one minimum to one maximum for all.
      """),
    topic(
      "cross-validation", ["cross validation", "folds", "hyperparameters", "validation"],
      "Choosing options by samples that are not trained on.",
      """
          tune d.train val=d.val lr=[1e-7, 5e-7] reg=[1e4, 2.5e4]
          tune d.train folds=5 reg=[0.01, 0.1, 1] solver=dual

      `val=` measures each combination on a part of its own, `folds=` on each of several parts in \
      turn. The test part is looked at once, at the end.
      """),
    topic(
      "overfitting", ["overfit", "generalization"], "Right on the samples, wrong beyond them.",
      """
      The accuracy on the training part is then far above that on the validation part. More \
      samples, fewer features, a larger `reg=`, or an earlier end help: `val=` adds the validation \
      accuracy to the history, `patience=` stops when it no longer rises, and `plot-ascii \
      m.history` shows both curves.
      """),
  ]

  private static func topic(
    _ name: String, _ aliases: [String], _ summary: String, _ text: String
  ) -> HelpTopic {
    HelpTopic(name, aliases: aliases, group: "concepts", summary: summary, text: text)
  }
}
