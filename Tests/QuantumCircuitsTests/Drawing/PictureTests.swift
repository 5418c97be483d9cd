import Foundation
import QuantumCircuits
import QuantumStates
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Circuits as SVG and as LaTeX: drawn from the same layout as the text.
struct PictureTests {
  private let bell = Circuit(qubits: 2) {
    H(0)
    CX(0, 1)
  }

  private let everything: Circuit = {
    let c = ClassicalRegister("c", bits: 0..<2)
    return Circuit(qubits: 3, registers: [c]) {
      SX(0)
      CRX(.parameter(0) / 2, 0, 1)
      X(2).controlled(by: [0: 0, 1: 1])
      SWAP(0, 2)
      Barrier()
      Measure(0, into: c[0])
      If(c == 1 && !c[1]) {
        X(1)
      } else: {
        Reset(2)
      }
      Snapshot("a<b", of: Z(0))
      GlobalPhase(0.5)
    }
  }()

  @Test func latex() {
    #expect(
      bell.latex()
        == "\\begin{quantikz}\n  \\lstick{\\text{q0}} & \\gate{\\text{H}} & \\control{}\\wire[d][1]{q} &  \\\\\n"
        + "  \\lstick{\\text{q1}} &  & \\targ{} & \n\\end{quantikz}\n")
    let text = everything.latex()
    #expect(text.contains("\\gate{\\text{$\\surd$X}}") && text.contains("\\gate{\\text{RX(w[0]/2)}}"))
    #expect(text.contains("\\ocontrol{}\\wire[d][2]{q}") && text.contains("\\meter{}\\wire[d][3]{c}"))
    #expect(text.contains("\\lstick{\\text{c}} \\setwiretype{c}") && text.hasSuffix("global phase: 0.5\n"))
    #expect(everything.latex(width: 40).components(separatedBy: "\\begin{quantikz}").count > 2)
  }

  @Test func svgIsWellFormed() throws {
    for width in [200, 960] {
      let text = everything.svg(width: width)
      let parser = XMLParser(data: Data(text.utf8))
      #expect(parser.parse(), "\(String(describing: parser.parserError))")
      #expect(text.contains("◉ a&lt;b"))
    }
    let text = bell.svg()
    #expect(text.components(separatedBy: "<circle").count - 1 == 2)
    #expect(text.components(separatedBy: ">H</text>").count - 1 == 1)
  }

  @Test func wideCircuitsGoOnInRows() throws {
    var circuit = Circuit(qubits: 3)
    for layer in 0..<30 { circuit.append(RY(.parameter(layer), layer % 3)); circuit.append(CX(layer % 3, (layer + 1) % 3)) }
    func size(_ width: Int) throws -> (Int, Int) {
      let match = try #require(circuit.svg(width: width).firstMatch(of: /width="(\d+)" height="(\d+)"/))
      return (Int(match.1)!, Int(match.2)!)
    }
    let (wide, narrow) = (try size(4000), try size(500))
    #expect(narrow.0 <= 500 && narrow.1 > 3 * wide.1)
  }

  @Test func namesAreShown() {
    let names = DrawingNames(qubits: ["data", "flag"], symbols: [.parameter(0): "theta"])
    let circuit = Circuit(qubits: 2) {
      RX(2 * .parameter(0), 0); CX(0, 1)
    }
    #expect(circuit.drawing(names: names) == "data: ─┤RX(2*theta)├─●─\n                     │\nflag: ───────────────⊕─")
    for text in [circuit.svg(names: names), circuit.latex(names: names)] {
      #expect(text.contains("theta") && text.contains("flag"))
    }
  }
}
