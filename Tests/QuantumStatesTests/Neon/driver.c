// Runs kernels on another architecture: reads cases from standard input, writes what the kernels left in memory.
//
// A case is a header of int64 numbers (struct header), then row offsets, terms, words and the byte blocks of coefficients, `first`
// state, `second` state and result, in that order. The answer is the three byte blocks that a kernel may change.
#include <stdio.h>
#include <stdlib.h>
#include "CStateKernels.h"

typedef struct {
  int64_t kernel, is_float, fixed_mask, fixed_value, row_count, term_count, x_mask, z_mask, lane_xor, sample_bits, apart,
      coefficient_stride, first, count, word_count, coefficient_bytes, state_bytes, second_bytes, result_bytes;
} header;

static void *input(size_t bytes) {
  void *memory = aligned_alloc(64, (bytes + 64) / 64 * 64);
  if (bytes && fread(memory, 1, bytes, stdin) != bytes) {
    fprintf(stderr, "driver: the input ends in the middle of a case\n");
    exit(1);
  }
  return memory;
}

static void run(const hilbert_kernels *k, const header *h, const hilbert_operation *op, const int64_t *words, const void *weights,
                void *state, void *second, void *result) {
  const hilbert_apply applies[] = {k->dense1, k->dense2, k->dense3, k->dense4, k->lane1, k->terms, k->diagonal, k->swaps, k->pauli};
  if (h->kernel < 9) {
    applies[h->kernel](op, state, h->first, h->count);
    return;
  }
  switch (h->kernel) {
    case 9: k->pauli_accumulate(op, state, result, h->first, h->count); break;
    case 10: k->overlap(op, second, state, result, h->first, h->count); break;
    case 11: k->pauli_overlap(op, second, state, result, h->first, h->count); break;
    case 12: k->backward_dense1(op, second, state, result, h->first, h->count); break;
    case 13: k->backward_lane1(op, second, state, result, h->first, h->count); break;
    case 14: k->diagonal_expectations(state, words, h->word_count, h->sample_bits, result, h->first, h->count); break;
    case 15: k->diagonal_weighted(state, words, h->word_count, h->sample_bits, weights, result, h->first, h->count); break;
    case 16: k->squared_magnitudes(state, result, h->count); break;
    case 17: k->sine_cosine(state, second, result, h->count); break;
    case 18: {
      // Its addresses count from the first coefficient.
      hilbert_rotations r = *(const hilbert_rotations *)op->coefficients;
      const char *start = op->coefficients;
      r.before = start + (intptr_t)r.before, r.lanes = start + (intptr_t)r.lanes;
      if (r.after) r.after = start + (intptr_t)r.after;
      k->rotations(&r, state, h->first, h->count);
      break;
    }
    case 19:
    case 20: {
      hilbert_pass p = *(const hilbert_pass *)op->coefficients;
      const char *start = op->coefficients;
      p.tangents = start + (intptr_t)p.tangents, p.signs = start + (intptr_t)p.signs, p.after = start + (intptr_t)p.after;
      if (p.before) p.before = start + (intptr_t)p.before;
      if (h->kernel == 19) k->pass(&p, state, h->first, h->count);
      else k->pass_backward(&p, second, state, result, h->first, h->count);
      break;
    }
    default: fprintf(stderr, "driver: no kernel %lld\n", (long long)h->kernel); exit(1);
  }
}

int main(void) {
  const int level = hilbert_level_supported(HILBERT_NEON) ? HILBERT_NEON : HILBERT_BASELINE;
  header h;
  while (fread(&h, sizeof h, 1, stdin) == 1) {
    int64_t *offsets = input(8 * h.row_count);
    hilbert_term *terms = input(sizeof(hilbert_term) * h.term_count);
    int64_t *words = input(8 * h.word_count);
    void *coefficients = input(h.coefficient_bytes), *state = input(h.state_bytes), *second = input(h.second_bytes),
         *result = input(h.result_bytes);
    const hilbert_operation op = {
      .fixed_mask = h.fixed_mask, .fixed_value = h.fixed_value, .offsets = offsets, .row_count = h.row_count,
      .term_count = h.term_count, .terms = terms, .x_mask = h.x_mask, .z_mask = h.z_mask, .lane_xor = h.lane_xor,
      .sample_bits = h.sample_bits, .apart = h.apart, .coefficient_stride = h.coefficient_stride, .coefficients = coefficients,
    };
    run(h.is_float ? hilbert_kernels_float(level) : hilbert_kernels_double(level), &h, &op, words, coefficients, state, second, result);
    fwrite(state, 1, h.state_bytes, stdout);
    fwrite(second, 1, h.second_bytes, stdout);
    fwrite(result, 1, h.result_bytes, stdout);
    free(offsets), free(terms), free(words), free(coefficients), free(state), free(second), free(result);
  }
  return 0;
}
