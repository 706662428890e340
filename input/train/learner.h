/* Learner: weights while they are learnt, by the averaged perceptron (Freund and Schapire 1999,
   Collins 2002) in integers, so that every machine learns the same. */
#ifndef ENTENTE_LEARNER_H
#define ENTENTE_LEARNER_H

#include "input/sparse.h"
#include "input/tagger.h"

typedef struct Learner Learner;

Status learner_new(Learner **out);
void learner_free(Learner *learner);

Scorer learner_scorer(const Learner *learner);

/* Add DELTA to the weight of LABEL for each feature. */
Status learner_update(Learner *learner, const uint64_t *features, size_t count, uint8_t label,
                      int32_t delta);

/* Count one example; call it after each, whether or not there was an update. */
void learner_tick(Learner *learner);

/* Append the averaged weights as a section. Rows changed in fewer than RARE examples and weights
   that are below SMALL (in units of 1/WEIGHT_SCALE) after averaging are left out. */
#define WEIGHT_SCALE 64
Status learner_write(Buffer *out, const Learner *learner, uint32_t rare, int32_t small);

#endif
