import Foundation
import TestSupport
import Testing

/// The archive of `Scripts/package` on a machine without Swift: a root folder with a shell, the loader and the libraries that the
/// program names.
extension DistributionTests {
  /// /proc must be there, because Swift reads a program's arguments from it.
  static let canChangeRoot =
    (try? ShellRun("unshare --mount sh -c 'mount --rbind /proc /mnt && chroot / true'", in: Repository.root).status) == 0

  @Test(.enabled(if: canChangeRoot, "needs root, chroot and unshare"))
  func thePackageRunsWithoutSwiftAndSaysWhatIsMissing() throws {
    let archive = try StaticBuild.package()
    let size = try archive.resourceValues(forKeys: [.fileSizeKey]).fileSize ?? 0
    print("Package: \(archive.lastPathComponent), \(size / 1_000_000) MB")
    let root = FileManager.default.temporaryDirectory.appending(path: "hilbert-root-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    try prepare(root, archive: archive)

    let doctor = try run("doctor", in: root)
    #expect(doctor.status == 0, "\(doctor.error)")
    #expect(doctor.output.contains("BLAS        OpenBLAS"))
    #expect(doctor.error == "")
    let data = try run("data list", in: root)
    #expect(data.status == 0, "\(data.error)")
    #expect(data.output.contains("fashion-mnist-2.5k"))
    let wrongUse = try run("train --epochs many", in: root)
    #expect(wrongUse.status == 64, "the status of the program is the launcher's")

    try remove(["openblas", "blas", "lapacke", "lapack", "tmglib"], from: root)
    let lacking = try run("doctor", in: root)
    #expect(lacking.status == 69)
    #expect(
      lacking.error == """
        hilbert: the libraries for linear algebra are missing: libopenblas.so.0: cannot open shared object file: No such file or directory
        Install them with
          apt-get install libopenblas0 liblapacke   (Debian, Ubuntu)
        or with the packages of your system that bring libopenblas.so.0 and liblapacke.so.3.

        """)
    #expect(try run("data list", in: root).status == 0, "what needs no linear algebra does not ask for it")
    try remove(["z"], from: root)
    let broken = try run("doctor", in: root)
    #expect(broken.status == 69)
    #expect(broken.output == "")
    #expect(
      broken.error == """
        hilbert: these libraries are missing: libz.so.1
        Install them with
          apt-get install zlib1g   (Debian, Ubuntu)
        or with the packages of your system that bring these files.

        """)
  }

  /// The packages that the README and the launcher name are those that own what the program loads.
  @Test(.enabled(if: canChangeRoot && FileManager.default.fileExists(atPath: "/usr/bin/dpkg-query"), "needs Debian's dpkg"))
  func theNamedPackagesOwnTheLibraries() throws {
    let loaded = try StaticBuild.withProgram("hilbert") { program in
      try StaticBuild.shell(
        "{ echo \(opened); ldd '\(program.path)' \(opened) | awk '/=> \\//{print $3}'; } | xargs readlink -f | sort -u")
    }
    let libraries = loaded.split(separator: "\n")
    #expect(libraries.count >= 8)
    var owners: Set<String> = []
    for library in libraries {
      // Debian 12 lists the files of merged folders under their old names.
      let names = [String(library), String(library.trimmingPrefix("/usr"))]
      let owner = try names.lazy.compactMap { name in
        let answer = try ShellRun("dpkg-query -S '\(name)'", in: Repository.root)
        return answer.status == 0 ? answer.output.split(separator: ":").first.map(String.init) : nil
      }.first
      owners.insert(try #require(owner, "no package owns \(library)"))
    }
    let installed = ["libopenblas0", "liblapacke", "libgfortran5", "zlib1g", "libpng16-16", "libturbojpeg0"]
    let readme = try Repository.text(of: "README.md")
    #expect(readme.contains("apt-get install \(installed.joined(separator: " "))"))
    // libopenblas0 stands for one of its builds; the rest comes with these packages or with any Debian that runs programs in C++.
    let brought = [
      "libopenblas0-pthread", "libtmglib3", "libblas3", "liblapack3", "libquadmath0", "libstdc++6", "libgcc-s1", "libc6",
    ]
    #expect(owners.subtracting(installed + brought) == [])
  }

  /// The libraries that the program opens when it needs linear algebra, as words of a shell.
  private var opened: String { "$(ldconfig -p | awk '/(libopenblas.so.0|liblapacke.so.3) .*64/{print $NF}')" }

  /// Unpacks the archive and copies `sh` and every library below `root`.
  private func prepare(_ root: URL, archive: URL) throws {
    let script = """
      set -e
      mkdir -p bin proc opt
      tar -xzf '\(archive.path)' -C opt --strip-components 1
      cp -L /bin/sh bin/sh
      for file in $(ldd opt/libexec/hilbert /bin/sh \(opened) | grep -o '/[^ :]*' | sort -u); do
        case $file in *.so*) mkdir -p ".${file%/*}"; cp -L "$file" ".$file" ;; esac
      done
      """
    let run = try ShellRun(script, in: root)
    try #require(run.status == 0, "\(run.error)")
  }

  private func remove(_ names: [String], from root: URL) throws {
    for name in names {
      let run = try ShellRun("find . -name 'lib\(name).so*' -delete -print", in: root)
      #expect(!run.output.isEmpty, "lib\(name) was not there")
    }
  }

  /// `hilbert` of the package, with the folder as its whole world.
  private func run(_ arguments: String, in root: URL) throws -> ShellRun {
    try ShellRun("exec unshare --mount sh -c 'mount --rbind /proc proc && exec chroot . /opt/hilbert \(arguments)'", in: root)
  }
}
