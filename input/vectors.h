/* Vectors: the arithmetic of the network, on rows of floats. Every machine gets the same bits: sums
   are made in one order, nothing is contracted, and the transcendental functions are our own. */
#ifndef ENTENTE_VECTORS_H
#define ENTENTE_VECTORS_H

#include <stdbool.h>
#include <stddef.h>

#define VECTOR 8 /* columns come in multiples of this */

/* A matrix of rows, STRIDE floats apart. */
typedef struct Rows {
  const float *at;
  size_t stride;
} Rows;

/* C += A B: A has N rows of K values, the value (i, k) at a[i * row + k * column]; B has K rows of
   M values; C has N rows. M is a multiple of VECTOR. */
typedef struct Factor {
  const float *at;
  size_t row, column;
} Factor;
void matrix_add_product(float *c, size_t c_stride, Factor a, Rows b, size_t n, size_t k, size_t m);

/* Each of COUNT values, a multiple of VECTOR, in place. */
void vector_tanh(float *values, size_t count);
void vector_sigmoid(float *values, size_t count);
void vector_relu(float *values, size_t count);

/* COUNT is a multiple of VECTOR. */
float vector_dot(const float *a, const float *b, size_t count);
void vector_add_scaled(float *out, const float *values, float scale, size_t count);

/* e to the X; 0 below -87. */
float scalar_exp(float x);
float scalar_log(float x);

/* Make COUNT scores probabilities; returns the logarithm of their sum before. */
float vector_softmax(float *values, size_t count);

#endif
