/* SPDX-License-Identifier: MIT
 * A model of a folder, run with numbers given by name; what its course is like: where
 * it ends, between which bounds it goes, how long a round takes. */
#ifndef EBB_TESTS_COURSE_H
#define EBB_TESTS_COURSE_H

#include "run_couple.h"

#define MOST_NAMED 10
#define MOST_SCALARS 64

/* A parameter, a trait or an initial state: "a.mood", or "mood" for everyone's. */
typedef struct named {
    const char *name;
    double value;
} named_t;

typedef struct course {
    const char *model;
    double length;
    named_t set[MOST_NAMED];
    ebb_method_t method;
    double tolerance; /* 0: 1e-10 */
    double from, by;  /* values every `by` from `from` on; 0: only the last one */
} course_t;

/* Its end, or every `step` of it from `begin` on; and what is set. */
#define COURSE(name, span, ...)                                   \
    {                                                             \
        .model = (name), .length = (span), .set = { __VA_ARGS__ } \
    }
#define COURSE_EVERY(name, begin, span, step, ...)                                 \
    {                                                                              \
        .model = (name), .length = (span), .from = (begin), .by = (step), .set = { \
            __VA_ARGS__                                                            \
        }                                                                          \
    }

typedef struct track {
    double *values; /* of one output, to be freed */
    size_t count;
    double from, by;
} track_t;

/* Whether `name` means the scalar `full`: itself, or its part after the person. */
static inline bool course_means(const char *name, const char *full)
{
    const char *dot = strchr(full, '.');
    return strcmp(name, full) == 0 || (dot && strcmp(name, dot + 1) == 0);
}

/* Sets what has this name among the scalars of a kind; returns how many. */
static inline int course_set(const ebb_model_t *model, ebb_scalar_kind_t kind,
                             const named_t *named, double *values)
{
    ebb_scalar_t scalar;
    int count = 0;
    for (size_t i = 0; ebb_model_scalar(model, kind, i, &scalar) == EBB_OK; i++) {
        if (course_means(named->name, scalar.name)) {
            values[i] = named->value;
            count++;
        }
    }
    return count;
}

typedef struct course_numbers {
    double params[MOST_SCALARS], traits[MOST_SCALARS], starts[MOST_SCALARS];
} course_numbers_t;

static inline void course_fill(const course_t *course, const ebb_model_t *model,
                               course_numbers_t *numbers)
{
    for (int i = 0; i < MOST_SCALARS; i++) {
        numbers->params[i] = numbers->traits[i] = numbers->starts[i] = (double)NAN;
    }
    for (int i = 0; i < MOST_NAMED && course->set[i].name; i++) {
        const named_t *named = &course->set[i];
        int found = course_set(model, EBB_SCALAR_PARAM, named, numbers->params) +
                    course_set(model, EBB_SCALAR_TRAIT, named, numbers->traits) +
                    course_set(model, EBB_SCALAR_STATE, named, numbers->starts);
        check_one(found > 0, named->name, course->model, i);
    }
}

static inline double *course_times(const course_t *course, size_t *count)
{
    double span = course->length - course->from;
    *count = course->by > 0 ? (size_t)(span / course->by + 1e-9) + 1 : 1;
    double *times = times_every(course->by, *count);
    for (size_t k = 0; times && k < *count; k++) {
        times[k] += course->by > 0 ? course->from : course->length;
    }
    return times;
}

/* One output of one couple, by name; NULL values, and a failed check, when there is no
 * such model or output. */
static inline track_t track_of(const char *folder, const course_t *course,
                               const char *of)
{
    track_t track = {.from = course->from, .by = course->by};
    ebb_model_t *model = model_of_file(folder, course->model);
    ebb_run_output_t output;
    ebb_error_t error = {.text = "no such model"};
    if (!model || ebb_model_find(model, of, &output.kind, &output.index, &error)) {
        check_one(0, error.text, course->model, 0);
        ebb_model_free(model);
        return track;
    }
    course_numbers_t numbers;
    course_fill(course, model, &numbers);
    double *times = course_times(course, &track.count);
    bool steps = ebb_model_info(model).steps;
    ebb_run_settings_t s = {.method = steps ? EBB_METHOD_MAP : course->method,
                            .length = course->length,
                            .tolerance =
                                course->tolerance > 0 ? course->tolerance : 1e-10,
                            .params = numbers.params,
                            .traits = numbers.traits,
                            .starts = numbers.starts,
                            .times = times,
                            .time_count = track.count,
                            .outputs = &output,
                            .output_count = 1};
    track.values = values_of(model, NULL, &s, 0, 1);
    track.count = track.values ? track.count : 0;
    free(times);
    ebb_model_free(model);
    return track;
}

/* The last value; NaN without any. */
static inline double end_of(const char *folder, const course_t *course, const char *of)
{
    track_t track = track_of(folder, course, of);
    double last = track.count ? track.values[track.count - 1] : (double)NAN;
    free(track.values);
    return last;
}

static inline double track_lowest(const track_t *track)
{
    double lowest = (double)NAN;
    for (size_t k = 0; k < track->count; k++) {
        lowest = fmin(lowest, track->values[k]);
    }
    return lowest;
}

static inline double track_highest(const track_t *track)
{
    double highest = (double)NAN;
    for (size_t k = 0; k < track->count; k++) {
        highest = fmax(highest, track->values[k]);
    }
    return highest;
}

/* Mean time from one rise through `level` to the next, the moments by a straight line
 * between values; NaN with less than two rises. */
static inline double track_period(const track_t *track, double level)
{
    double first = 0, last = 0;
    int rises = 0;
    for (size_t k = 1; k < track->count; k++) {
        double before = track->values[k - 1] - level, after = track->values[k] - level;
        if (before < 0 && after >= 0) {
            last = track->by * ((double)k - after / (after - before));
            first = rises ? first : last;
            rises++;
        }
    }
    return rises > 1 ? (last - first) / (rises - 1) : (double)NAN;
}

#endif
