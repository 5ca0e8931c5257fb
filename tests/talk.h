/* SPDX-License-Identifier: MIT
 * Many talks of models/conversation.ebb, described by the orders of a scenario. Talks
 * of the same number share their chance, whatever the orders: what differs between two
 * such sets is the orders' doing. */
#ifndef EBB_TESTS_TALK_H
#define EBB_TESTS_TALK_H

#include "run_couple.h"

#define TALK_MOST 6

/* Who talks; orders that follow may say more. Without any both are secure. */
#define TALK_ANXIOUS "a: anxiety = 1.2, avoidance = -0.3\n"
#define TALK_AVOIDANT "b: anxiety = -0.3, avoidance = 1.2\n"
#define TALK_PAIR TALK_ANXIOUS TALK_AVOIDANT

typedef struct talks {
    double *values; /* for each talk, for each time, each output */
    size_t count, times, outputs;
    double every; /* minutes */
} talks_t;

/* Names of what is written, up to TALK_MOST, then NULL. */
typedef const char *const talk_names_t[TALK_MOST + 1];

static inline size_t talk_outputs(const ebb_model_t *model, talk_names_t names,
                                  ebb_run_output_t *outputs)
{
    size_t count = 0;
    for (; names[count]; count++) {
        ebb_error_t error = {0};
        if (ebb_model_find(model, names[count], &outputs[count].kind,
                           &outputs[count].index, &error)) {
            (void)fprintf(stderr, "%s\n", error.text);
            check_one(false, "an output of the model", __FILE__, __LINE__);
        }
    }
    return count;
}

/* From 0 to `minutes`, written `every` so often. */
typedef struct talk_plan {
    double minutes, every;
    size_t count;
    bool exchange; /* the chance of each goes to the other */
} talk_plan_t;

/* Runs talks; release with free(talks.values). */
static inline talks_t talks_of(const ebb_model_t *model, const char *orders,
                               talk_names_t names, talk_plan_t plan)
{
    char text[1024];
    (void)snprintf(text, sizeof text, "scenario talk \"x\" uses conversation\n%s",
                   orders);
    ebb_scenario_t *scenario = scenario_of(model, text);
    ebb_run_output_t outputs[TALK_MOST];
    talks_t talks = {.count = plan.count, .every = plan.every};
    talks.outputs = talk_outputs(model, names, outputs);
    talks.times = (size_t)(plan.minutes / plan.every + 0.5) + 1;
    double *times = times_every(plan.every, talks.times);
    times[talks.times - 1] = plan.minutes;
    ebb_run_settings_t settings = {.length = plan.minutes,
                                   .step = 1. / 30,
                                   .seed = 4,
                                   .exchange = plan.exchange,
                                   .times = times,
                                   .time_count = talks.times,
                                   .outputs = outputs,
                                   .output_count = talks.outputs};
    talks.values = values_of(model, scenario, &settings, 0, plan.count);
    CHECK(talks.values != NULL);
    free(times);
    ebb_scenario_free(scenario);
    return talks;
}

/* An output of a talk at a time in minutes. */
static inline double talk_at(const talks_t *talks, size_t talk, double minute,
                             size_t output)
{
    size_t time = (size_t)(minute / talks->every + 0.5);
    return talks->values[(talk * talks->times + time) * talks->outputs + output];
}

#endif
