/* SPDX-License-Identifier: MIT
 * Many couples of a model of the pair, led by the orders of a scenario. Couples of the
 * same number share their chance, whatever the orders: what differs between two such
 * sets is the orders' doing. */
#ifndef EBB_TESTS_COURSES_H
#define EBB_TESTS_COURSES_H

#include "run_couple.h"

#define COURSE_MOST 6

/* Who the two are; orders that follow may say more. */
#define ANXIOUS_AVOIDANT_A "a: anxiety = 1.2, avoidance = -0.3\n"
#define ANXIOUS_AVOIDANT_B "b: anxiety = -0.3, avoidance = 1.2\n"
#define ANXIOUS_AVOIDANT ANXIOUS_AVOIDANT_A ANXIOUS_AVOIDANT_B

typedef struct courses {
    double *values; /* for each couple, for each time, each output */
    size_t count, times, outputs;
    double every;
} courses_t;

/* Names of what is written, up to COURSE_MOST, then NULL. */
typedef const char *const course_names_t[COURSE_MOST + 1];

static inline size_t course_outputs(const ebb_model_t *model, course_names_t names,
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

/* From 0 to `length`, written `every` so often, in the model's unit of time. */
typedef struct course_plan {
    double length, every, step;
    size_t count;
    bool exchange; /* the chance of each goes to the other */
} course_plan_t;

static inline ebb_scenario_t *orders_of(const ebb_model_t *model, const char *orders)
{
    char text[2048];
    int length = snprintf(text, sizeof text, "scenario x \"x\" uses %s\n%s",
                          ebb_model_info(model).name, orders);
    CHECK(length > 0 && (size_t)length < sizeof text);
    return scenario_of(model, text);
}

/* Runs couples; release with free(courses.values). */
static inline courses_t courses_of(const ebb_model_t *model, const char *orders,
                                   course_names_t names, course_plan_t plan)
{
    ebb_scenario_t *scenario = orders_of(model, orders);
    ebb_run_output_t outputs[COURSE_MOST];
    courses_t courses = {.count = plan.count, .every = plan.every};
    courses.outputs = course_outputs(model, names, outputs);
    courses.times = (size_t)(plan.length / plan.every + 0.5) + 1;
    double *times = times_every(plan.every, courses.times);
    times[courses.times - 1] = plan.length;
    ebb_run_settings_t settings = {.length = plan.length,
                                   .step = plan.step,
                                   .seed = 4,
                                   .exchange = plan.exchange,
                                   .times = times,
                                   .time_count = courses.times,
                                   .outputs = outputs,
                                   .output_count = courses.outputs};
    courses.values = values_of(model, scenario, &settings, 0, plan.count);
    CHECK(courses.values != NULL);
    free(times);
    ebb_scenario_free(scenario);
    return courses;
}

/* An output of a couple at a time. */
static inline double course_at(const courses_t *courses, size_t couple, double time,
                               size_t output)
{
    size_t row = couple * courses->times + (size_t)(time / courses->every + 0.5);
    return courses->values[row * courses->outputs + output];
}

#endif
