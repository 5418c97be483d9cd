// The innermost loops over amplitudes. They know matrices, distances, controls and batches; never a gate or a circuit.
//
// Layout. Amplitudes lie in blocks of W complex numbers: W real parts, then W imaginary parts, 64 bytes each
// (W = 8 doubles or 16 floats). A block index j and a lane l make the amplitude index k = j * W + l. Bits of k
// below log2(W) are lane bits; what they stand for (samples of a batch, or the lowest qubits) is the caller's matter.
//
// An operation acts on the blocks whose index, with the bits of `fixed_mask` removed, runs from `first` to
// `first + count`; the fixed bits are those of its targets (supplied by `offsets`) and of its controls (supplied by
// `fixed_value`). With sample blocks (`sample_bits` > 0) the run is always the whole state. Coefficients are blocks too: one complex number a lane, so that the same loop serves a matrix shared
// by all lanes, one matrix a sample, and targets or controls that are lane bits.
#pragma once
#include <stdint.h>

// One product of a row: coefficient * (column block with lane l replaced by lane l ^ lane_xor).
typedef struct { int32_t row, column, lane_xor; } hilbert_term;

typedef struct {
  int64_t fixed_mask, fixed_value;  // bits of the block index that the loop does not run over, and their value
  const int64_t *offsets;           // block offset of each row of the matrix
  int32_t row_count;
  int32_t term_count;
  const hilbert_term *terms;        // sorted by row
  int64_t x_mask, z_mask;           // Pauli words: block bits flipped, block bits whose parity gives the sign
  int32_t lane_xor;                 // Pauli words and one-qubit lane matrices: lane bits flipped
  int32_t sample_bits;              // lowest bits of the block index that count sample blocks
  int32_t apart;                    // 1: sample blocks are run one after another, with results (and coefficients) of their own
  int64_t coefficient_stride;       // blocks of coefficients from one sample block to the next; 0: shared
  const void *coefficients;
} hilbert_operation;

// One-qubit unitaries diag(after) * c [[1, -t], [t, 1]] * diag(before) on up to three block bits and any lane bits.
typedef struct {
  int64_t fixed_mask;         // the block bits
  int64_t from[8], to[8];     // block offset from which each row is read, and to which it is written
  int32_t block_bits, lane_bits, lane_turns;  // how many block bits; which lane bits, and which of them are turned, as masks
  double tangents[3];         // of each block bit
  const void *before, *after; // one block a row; `after` may be null
  const void *lanes;          // for each lane bit W real factors: of the flipped lane; where it is turned, of the own lane
} hilbert_rotations;

// Rotations [[1, -t], [t, 1]] on one to three qubits (two, going backward) that all samples share; a qubit is two masks over the
// basis index. Lanes and the lowest `sample_blocks` blocks are samples.
typedef struct {
  int64_t x[3], z[3];       // the bits that flipping a target changes; the bits whose parity is its value
  int64_t fixed;            // one bit of each target: the loop visits the basis indices without them
  int64_t count;            // how many those are
  int64_t sample_blocks;
  int32_t targets, row;     // row: the targets' values at basis index 0
  int32_t turns;            // targets whose two rows change places before they are rotated
  double tangents[3];
  const void *factors;      // (re, im) of each basis index, before the rotations; may be null
} hilbert_layer;

// Rotations of relabelled qubits in one pass over a single state. Its index counts blocks as wide as the registers of the level, in
// lanes the rest: block targets come first, then lane targets, whose flips change lanes alone.
typedef struct {
  int64_t x[2], z[6];         // block bits that flipping a block target changes; block bits whose parity is a target's value
  int64_t fixed;              // one bit of each block target: the loop visits the blocks without them
  int32_t targets, lane_targets;  // up to two, up to four
  int32_t row;                // the targets' values at block 0, parities of the lane apart
  int32_t turns;              // block targets whose rows change places before they are rotated
  int32_t lane_x[6];          // lanes that flipping a target changes
  int32_t moves_lanes;        // whether flips of block targets change lanes, or values of lane targets depend on the block
  const void *tangents;       // a register for each block target; cosine and sine for each lane target; with the lanes' signs
  const void *signs;          // for each target 1 or, where the lane's parity is odd, -1
  const void *before, *after; // real and imaginary parts for each row; `before` may be null
} hilbert_pass;

// Amplitudes change places: a list of cycles, and a factor for each basis index that is read.
typedef struct {
  const int32_t *rows, *lengths;  // the cycles' basis indices, one after another; the length of each cycle
  int64_t cycle_count, sample_blocks;
  const void *factors;            // (re, im) of each basis index
} hilbert_relabelling;

// Phases exp(i theta_w (-1)^(w . k)) of Pauli words w of Z on every amplitude k of a batch: phases.inc says how.
typedef struct { int32_t kind, offset, half; } hilbert_phase_step;  // combines `half` entries of the table with the next `half`
enum { HILBERT_PHASES_WITHOUT, HILBERT_PHASES_WITH, HILBERT_PHASES_ONE, HILBERT_PHASES_BOTH };
typedef struct {
  int64_t qubits, low_qubits;   // the table holds the lowest qubits
  int64_t sample_blocks;
  const int64_t *counts;        // words on all qubits, without the highest ..., on the lowest qubits
  const int32_t *pairs;         // for each word after the first level: the words of the level before without and with the qubit, or -1
  const int32_t *places;        // of the last level's words in the table
  const hilbert_phase_step *steps;
  int64_t step_count;
  const double *cosines, *sines;  // of theta: words x samples
  void *words, *table;          // scratch: a block a word of every level; 2^low_qubits blocks
  void *sums, *sum_table;       // scratch of the way back: half as large
} hilbert_phases;

// A real matrix on the Pauli components of some qubits. A tile holds rows of `vectors` vectors of W real numbers: one row for each
// component of the tile's qubits, two row bits a qubit; the numbers of a row are samples, or components of other qubits.
typedef struct {
  int64_t row_count;          // rows of the tile
  int64_t fixed_mask;         // row bits of the targets
  const int64_t *offsets;     // row offset of each component of the targets
  int32_t size, term_count;   // components of the targets; products
  int32_t vectors;            // in a row
  const hilbert_term *terms;  // sorted by row; without lane_xor
  const void *coefficients;   // one vector a term; for `transfer_dense` all 16 entries, row by row
} hilbert_transfer;

// Where the rows of a tile lie in a state: number (r, l) of the tile is state[row_offsets[r] + lane_offsets[l]].
typedef struct {
  int64_t row_count;            // a multiple of 16
  const int64_t *row_offsets;
  const int64_t *lane_offsets;  // 16; null where a row is contiguous
} hilbert_rows;

typedef void (*hilbert_apply)(const hilbert_operation *, void *state, int64_t first, int64_t count);
typedef void (*hilbert_accumulate)(const hilbert_operation *, const void *state, void *result, int64_t first, int64_t count);
// Adds, for each term and lane, the sum of conj(bra) * ket to `result`: one block a term; with `apart`, the next sample block's follow.
// Sums are kept in the state's precision: call with at most 256 blocks a call and add the results in double.
typedef void (*hilbert_overlap)(const hilbert_operation *, const void *bra, const void *ket, void *result, int64_t first,
                                int64_t count);
// Applies the operation to both states; `result` gains conj(bra before) * (ket after), the factor every derivative needs.
typedef void (*hilbert_backward)(const hilbert_operation *, void *bra, void *ket, void *result, int64_t first, int64_t count);

typedef struct {
  hilbert_apply dense1, dense2, dense3, dense4;  // targets are block bits; coefficients row by row
  hilbert_apply lane1;                           // one target, a lane bit; coefficients: own lane, flipped lane
  hilbert_apply terms;                           // any matrix on at most 16 rows
  hilbert_apply diagonal;                        // one coefficient a row; rows left out are untouched
  hilbert_apply swaps;                           // terms in order: the blocks of rows `row` and `column` change places
  hilbert_apply pauli;                           // own * x + flipped * sign * x[j ^ x_mask]; coefficients: own, flipped
  hilbert_accumulate pauli_accumulate;           // result += flipped * sign * x[j ^ x_mask]; coefficients: flipped
  hilbert_overlap overlap;
  hilbert_overlap pauli_overlap;                 // one block: conj(bra[j]) * sign * ket[j ^ x_mask]
  hilbert_backward backward_dense1, backward_lane1;
  // result[w] += sum over j of sign(j, z_masks[w]) * |x[j]|^2: one row of W numbers a word, then the next sample block.
  void (*diagonal_expectations)(const void *state, const int64_t *z_masks, int64_t word_count, int64_t sample_bits,
                                void *result, int64_t first, int64_t count);
  // result[j] = x[j] * sum over w of sign(j, z_masks[w]) * weights[w]: weights are rows of W numbers, as above.
  void (*diagonal_weighted)(const void *state, const int64_t *z_masks, int64_t word_count, int64_t sample_bits,
                            const void *weights, void *result, int64_t first, int64_t count);
  // result[k] = |x[k]|^2 for W * count amplitudes.
  void (*squared_magnitudes)(const void *state, void *result, int64_t count);
  // Sines and cosines of `count` angles, a multiple of 8, in 64-byte aligned arrays; `sines` may be `angles`.
  void (*sine_cosine)(const double *angles, double *sines, double *cosines, int64_t count);
  void (*rotations)(const hilbert_rotations *, void *state, int64_t first, int64_t count);
  void (*layer)(const hilbert_layer *, void *state);
  // Takes bra and ket back; for each target `sums` gains 3 x 8 parts of the sums of Im <bra|P|ket>, P = X, Y, Z, taken between
  // rotations of two targets and `factors`. The rotations of targets are not scaled back.
  void (*layer_backward)(const hilbert_layer *, void *bra, void *ket, double *sums);
  void (*pass)(const hilbert_pass *, void *state, int64_t first, int64_t count);
  // Takes bra and ket back, as `layer_backward` does; block targets first in `sums`.
  void (*pass_backward)(const hilbert_pass *, void *bra, void *ket, double *sums, int64_t first, int64_t count);
  int64_t register_bytes;  // of this level
  void (*relabel)(const hilbert_relabelling *, void *state);
  void (*relabel_back)(const hilbert_relabelling *, void *state);
  // The product of one-qubit states: column 0 of a dense one-qubit matrix of each sample, or |0> where there is none. Matrices are
  // `stride` blocks from one sample block to the next.
  void (*product_state)(const void *const *matrices, int64_t qubits, int64_t sample_blocks, int64_t stride, void *state);
  // For each of those matrices the overlaps of its column 0, as `overlap` gives them: conj(bra) * (the product of the others).
  // Bra and ket are used up.
  void (*product_overlaps)(const void *const *matrices, int64_t qubits, int64_t sample_blocks, int64_t stride, void *bra, void *ket,
                           void *const *results);
  void (*phases)(const hilbert_phases *, void *state);
  // Takes the phases back from bra and ket; `results` are the sums over k of (-1)^(w . k) Im(conj(bra) ket): words x samples.
  void (*phases_backward)(const hilbert_phases *, void *bra, void *ket, double *results);
  void (*transfer_dense)(const hilbert_transfer *, void *tile);  // one target
  void (*transfer_terms)(const hilbert_transfer *, void *tile);  // up to four targets
  // result[t] += sum over the tile of bra[row of t] * ket[column of t].
  void (*transfer_overlap)(const hilbert_transfer *, const void *bra, const void *ket, void *result);
  void (*gather_rows)(const hilbert_rows *, const void *state, void *tile);
  void (*scatter_rows)(const hilbert_rows *, const void *tile, void *state);
  // result = i * scale * S x + previous for a real symmetric d x d matrix; states are d real parts, then d imaginary ones, at any address.
  // `previous` may be null.
  void (*symmetric_step)(const void *matrix, int64_t d, const void *state, double scale, const void *previous, void *result);
} hilbert_kernels;

enum { HILBERT_BASELINE = 0, HILBERT_AVX2 = 1, HILBERT_AVX512 = 2, HILBERT_NEON = 3 };

// Whether this processor, and this build, can run a level.
int hilbert_level_supported(int level);
// The table of a supported level.
const hilbert_kernels *hilbert_kernels_float(int level);
const hilbert_kernels *hilbert_kernels_double(int level);
