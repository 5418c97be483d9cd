/// The data sets known by name: what each is, where it comes from, and how it is loaded.
///
/// A row here is all that a new set of a known format needs.
public enum DatasetCatalog {
  /// Every set, the default first.
  public static let entries: [CatalogEntry] =
    [fashion, digits, iris, wine, breastCancer] + synthetic + FetchableSet.all.map(\.entry)

  /// The set that is used where none is named.
  public static let defaultName = "fashion-mnist-2.5k"

  /// The row of a name.
  public static func entry(named name: String) -> CatalogEntry? { entries.first { $0.name == name } }

  private static let fashion = CatalogEntry(
    name: "fashion-mnist-2.5k", summary: "clothes in grey, the first images of each class of FashionMNIST",
    sampleShape: [1, 28, 28], classNames: FetchableSet.fashionClasses, trainingCount: 2000, testCount: 500,
    origin: DatasetOrigin(source: "Xiao, Rasul, Vollgraf, Fashion-MNIST, Zalando 2017", licence: "MIT"), availability: .embedded
  ) { entry, _ throws(DatasetError) in
    try EmbeddedFile.images(entry, folder: entry.name, prefixes: ["train", "t10k"])
  }

  private static let digits = CatalogEntry(
    name: "digits-8x8", summary: "small handwritten digits, 17 grey levels, no official split",
    sampleShape: [1, 8, 8], classNames: FetchableSet.digitClasses, trainingCount: 1797, testCount: nil,
    origin: scikitLearn("Alpaydin, Kaynak, Optical Recognition of Handwritten Digits"), availability: .embedded
  ) { entry, _ throws(DatasetError) in
    try EmbeddedFile.images(entry, folder: entry.name, prefixes: ["all"], pixelMaximum: 16)
  }

  private static let iris = CatalogEntry(
    name: "iris", summary: "three species of iris by the size of their leaves", sampleShape: [4],
    featureNames: ["sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"],
    classNames: ["setosa", "versicolor", "virginica"], trainingCount: 150, testCount: nil,
    origin: scikitLearn("Fisher, The use of multiple measurements in taxonomic problems, 1936"), availability: .embedded
  ) { entry, _ throws(DatasetError) in try EmbeddedFile.table(entry, path: "iris.csv") }

  private static let wine = CatalogEntry(
    name: "wine", summary: "wines of three cultivars by chemical analysis", sampleShape: [13],
    featureNames: [
      "alcohol", "malic acid", "ash", "alcalinity of ash", "magnesium", "total phenols", "flavanoids", "nonflavanoid phenols",
      "proanthocyanins", "color intensity", "hue", "od280/od315 of diluted wines", "proline",
    ],
    classNames: ["class_0", "class_1", "class_2"], trainingCount: 178, testCount: nil,
    origin: scikitLearn("Forina et al., Wine"), availability: .embedded
  ) { entry, _ throws(DatasetError) in try EmbeddedFile.table(entry, path: "wine.csv") }

  private static let breastCancer = CatalogEntry(
    name: "breast-cancer", summary: "malignant and benign tumours by the shape of their cell nuclei", sampleShape: [30],
    featureNames: ["mean", "standard error of", "worst"].flatMap { statistic in
      [
        "radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave points", "symmetry",
        "fractal dimension",
      ].map { "\(statistic) \($0)" }
    },
    classNames: ["malignant", "benign"], trainingCount: 569, testCount: nil,
    origin: scikitLearn("Wolberg, Street, Mangasarian, Breast Cancer Wisconsin (Diagnostic)"), availability: .embedded
  ) { entry, _ throws(DatasetError) in try EmbeddedFile.table(entry, path: "breast_cancer.csv") }

  private static func scikitLearn(_ source: String) -> DatasetOrigin {
    DatasetOrigin(source: "\(source) (UCI), as packaged by scikit-learn", licence: "BSD-3-Clause")
  }
}
