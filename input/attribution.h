/* What surrounds a claim: how certain it is said to be, who says so, and when it happened. */
#ifndef ENTENTE_ATTRIBUTION_H
#define ENTENTE_ATTRIBUTION_H

#include "input/extractor.h"

/* The mention that TRIGGER is reported by ("X said that …", "according to X"), -1 if none. */
int32_t attribution_of(const Scene *scene, int32_t trigger);

Factuality factuality_of(const Extractor *extractor, const Scene *scene, int32_t trigger,
                         int local);

/* The one of DATES that tells when what TRIGGER evokes happens, -1 if none. */
int date_of(const Extractor *extractor, const Scene *scene, int32_t trigger, int local,
            const TimeExpression *dates, size_t count);

/* The ontology's cue for the word at TOKEN, by its part of speech; NULL if it is none. */
const FactualityCue *cue_at(const Scene *scene, int32_t token);

#endif
