import QuantumCircuits
import QuantumStates
import Testing

/// Each word of the circuit language gives its gate, with angles and qubits in the order written.
struct GateWordsTests {
  static let words: [(Instruction, String)] = [
    (I(3), "I(3)"), (X(3).instruction, "X(3)"), (Y(3).instruction, "Y(3)"), (Z(3).instruction, "Z(3)"), (H(3), "H(3)"),
    (S(3), "S(3)"), (Sdg(3), "Sdg(3)"), (T(3), "T(3)"), (Tdg(3), "Tdg(3)"), (W(3), "W(3)"),
    (SX(3), "SX(3)"), (SXdg(3), "SXdg(3)"), (SY(3), "SY(3)"), (SYdg(3), "SYdg(3)"), (SW(3), "SW(3)"), (SWdg(3), "SWdg(3)"),
    (RX(0.1, 3), "RX(0.1, 3)"), (RY(0.1, 3), "RY(0.1, 3)"), (RZ(0.1, 3), "RZ(0.1, 3)"), (R(0.1, 0.2, 3), "R(0.1, 0.2, 3)"),
    (RAxis(0.1, polar: 0.2, azimuth: 0.3, 3), "RAxis(0.1, 0.2, 0.3, 3)"), (Rot(0.1, 0.2, 0.3, 3), "Rot(0.1, 0.2, 0.3, 3)"),
    (P(0.1, 3), "P(0.1, 3)"), (U1(0.1, 3), "U1(0.1, 3)"), (U2(0.1, 0.2, 3), "U2(0.1, 0.2, 3)"),
    (U3(0.1, 0.2, 0.3, 3), "U3(0.1, 0.2, 0.3, 3)"), (U(0.1, 0.2, 0.3, 3), "U(0.1, 0.2, 0.3, 3)"),
    (GlobalPhase(0.1), "GlobalPhase(0.1)"),
  ]

  static let wordsOnMoreQubits: [(Instruction, String)] = [
    (CX(3, 1), "CX(3, 1)"), (CY(3, 1), "CY(3, 1)"), (CZ(3, 1), "CZ(3, 1)"), (CH(3, 1), "CH(3, 1)"), (CS(3, 1), "CS(3, 1)"),
    (CSdg(3, 1), "CSdg(3, 1)"), (CP(0.1, 3, 1), "CP(0.1, 3, 1)"), (CRX(0.1, 3, 1), "CRX(0.1, 3, 1)"),
    (CRY(0.1, 3, 1), "CRY(0.1, 3, 1)"), (CRZ(0.1, 3, 1), "CRZ(0.1, 3, 1)"),
    (CRot(0.1, 0.2, 0.3, 3, 1), "CRot(0.1, 0.2, 0.3, 3, 1)"), (CU(0.1, 0.2, 0.3, 0.4, 3, 1), "CU(0.1, 0.2, 0.3, 0.4, 3, 1)"),
    (CCX(3, 1, 2), "CCX(3, 1, 2)"), (CCZ(3, 1, 2), "CCZ(3, 1, 2)"), (CSWAP(3, 1, 2), "CSWAP(3, 1, 2)"),
    (SWAP(3, 1), "SWAP(3, 1)"), (SqrtSWAP(3, 1), "SqrtSWAP(3, 1)"), (SqrtSWAPdg(3, 1), "SqrtSWAPdg(3, 1)"),
    (iSWAP(3, 1), "iSWAP(3, 1)"), (iSWAPdg(3, 1), "iSWAPdg(3, 1)"), (SqrtiSWAP(3, 1), "SqrtiSWAP(3, 1)"),
    (SqrtiSWAPdg(3, 1), "SqrtiSWAPdg(3, 1)"), (ECR(3, 1), "ECR(3, 1)"),
    (RXX(0.1, 3, 1), "RXX(0.1, 3, 1)"), (RYY(0.1, 3, 1), "RYY(0.1, 3, 1)"), (RZZ(0.1, 3, 1), "RZZ(0.1, 3, 1)"),
    (RZX(0.1, 3, 1), "RZX(0.1, 3, 1)"), (CPhaseShift00(0.1, 3, 1), "CPhaseShift00(0.1, 3, 1)"),
    (CPhaseShift01(0.1, 3, 1), "CPhaseShift01(0.1, 3, 1)"), (CPhaseShift10(0.1, 3, 1), "CPhaseShift10(0.1, 3, 1)"),
    (PSWAP(0.1, 3, 1), "PSWAP(0.1, 3, 1)"), (fSim(0.1, 0.2, 3, 1), "fSim(0.1, 0.2, 3, 1)"),
    (FermionicSWAP(0.1, 3, 1), "FermionicSWAP(0.1, 3, 1)"), (XXPlusYY(0.1, 0.2, 3, 1), "XXPlusYY(0.1, 0.2, 3, 1)"),
    (XXMinusYY(0.1, 0.2, 3, 1), "XXMinusYY(0.1, 0.2, 3, 1)"),
    (SingleExcitation(0.1, 3, 1), "SingleExcitation(0.1, 3, 1)"),
    (SingleExcitationPlus(0.1, 3, 1), "SingleExcitationPlus(0.1, 3, 1)"),
    (SingleExcitationMinus(0.1, 3, 1), "SingleExcitationMinus(0.1, 3, 1)"),
    (DoubleExcitation(0.1, 3, 1, 2, 0), "DoubleExcitation(0.1, 3, 1, 2, 0)"),
    (DoubleExcitationPlus(0.1, 3, 1, 2, 0), "DoubleExcitationPlus(0.1, 3, 1, 2, 0)"),
    (DoubleExcitationMinus(0.1, 3, 1, 2, 0), "DoubleExcitationMinus(0.1, 3, 1, 2, 0)"),
    (OrbitalRotation(0.1, 3, 1, 2, 0), "OrbitalRotation(0.1, 3, 1, 2, 0)"),
  ]

  static let wordsBesideTheTable: [(Instruction, String)] = [
    (PauliRotation(0.1, X(3), Y(1)), "PauliRotation(0.1, Y(1), X(3))"),
    (MultiRZ(0.1, 3, 1, 0), "PauliRotation(0.1, Z(0), Z(1), Z(3))"),
    (Barrier(3, 1), "Barrier(3, 1)"), (.unitary(.identity(4), on: 3, 1), "Unitary(3, 1)"),
    (.diagonal([1, -1], on: 3), "Diagonal(3)"), (.permutation([1, 0], on: 3), "Permutation(3)"),
    (AmplitudeEncoding(Features(3), on: 3, 1), "AmplitudeEncoding(3 amplitudes, 3, 1)"),
    (StatePreparation([1, .i], on: 3), "AmplitudeEncoding(2 amplitudes, 3)"),
    (CX(3, 1).controlled(by: [0: 0, 2: 1]), "CX(3, 1).controlled(by: [0: 0, 2: 1])"),
    (X(1).controlled(by: 0), "X(1).controlled(by: [0: 1])"),
  ]

  @Test(arguments: words + wordsOnMoreQubits + wordsBesideTheTable)
  func readsAsItIsWritten(_ instruction: Instruction, _ text: String) {
    #expect(instruction.description == text)
  }
}
