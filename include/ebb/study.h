/* SPDX-License-Identifier: MIT
 *
 * What the equations of a model do: where they rest, what makes them leave, how they
 * turn in circles. Equations: docs/maths/study.md.
 *
 * Use: ebb_study_new takes a model and all its numbers; each question is then one call,
 * whose result is released by the function beside it. A study does not change: any
 * number of threads may ask the same one.
 *
 *     ebb_study_settings_t settings = {0};
 *     ebb_study_t *study = NULL;
 *     ebb_equilibria_t found = {0};
 *     if (ebb_study_new(&study, model, &settings, &error) == EBB_OK &&
 *         ebb_study_equilibria(study, NULL, &found, &error) == EBB_OK) {
 *         for (size_t k = 0; k < found.count; k++) {
 *             puts(ebb_stability_word(found.points[k].stability));
 *         }
 *     }
 *     ebb_equilibria_free(&found);
 *     ebb_study_free(study);
 *
 * But for ebb_study_share, all of it is about the deterministic part [eq 101]: noise
 * and events with guards are off, events by rate are off or at their mean, time in
 * formulas stands still. What is found is true of equations, not of people.
 *
 * Values of a point are in one order everywhere: all states of the model, those that
 * are held too, then all its lets, as ebb_model_scalar counts them. All are in the
 * units of the model.
 */
#ifndef EBB_STUDY_H
#define EBB_STUDY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ebb/alloc.h"
#include "ebb/error.h"
#include "ebb/model.h"
#include "ebb/run.h"

/* All zero is a start. Everything is copied, but for `alloc`. Arrays are as long as the
 * model's list and in its order; NaN in them, or NULL, leaves it to the model. */
typedef struct ebb_study_settings {
    const double *params, *traits, *inputs;
    const double *holds;  /* of states: held at this value; NaN: free */
    const double *starts; /* of states: where to begin; NaN: the initial value */
    /* > 0: every other state whose own pace at the start is slower than one in this
     * time is held there [eq 113]; 0: none */
    double slower_than;
    /* of states: where to look for equilibria. NaN: the model's range; where it has
     * none, 10 to both sides of the start */
    const double *low, *high;
    double time;      /* what `time` is in formulas, >= 0 */
    bool mean_events; /* events by rate act by their mean [eq 101]; else they are off */
    ebb_method_t method; /* how equations are followed: AUTO (dopri5), DORMAND_PRINCE or
                            ROSENBROCK (stiff); AUTO in discrete time */
    double tolerance;    /* of these methods, 1e-13 to 0.1; 0: 1e-9 */
    const ebb_alloc_t *alloc; /* NULL: default; borrowed for the life of the study */
} ebb_study_settings_t;

typedef struct ebb_study ebb_study_t;

/**
 * Begins a study of one couple.
 *
 * A state whose equation says that it never changes is held at its start by itself. So
 * is, with slower_than, every one whose rate answers to the state itself by less than
 * 1/slower_than at the start: what is left then is what the fast states do meanwhile.
 *
 * @param[out] study     new, to be released with ebb_study_free; NULL on failure
 * @param[in]  model     borrowed for the life of the study
 * @param[in]  settings  see there; NULL: all as the model has it
 * @param[out] error     which setting or which part of the model; may be NULL
 * @return 0, EBB_ERR_ARGUMENT (a number, start or time is not finite, `low` is above
 * `high`, time, tolerance, slower_than or method is out of range; the model's own
 * ranges of parameters and traits are not enforced; the mean of an event is asked for
 * and cannot be had: discrete time, or its effect is not affine in its size),
 * EBB_ERR_LIMIT (more than 128 free states), EBB_ERR_MEMORY.
 */
int ebb_study_new(ebb_study_t **study, const ebb_model_t *model,
                  const ebb_study_settings_t *settings,
                  ebb_error_t *error) EBB_MUST_CHECK;

/** Releases a study; results that it gave stay. NULL is a no-op. */
void ebb_study_free(ebb_study_t *study);

/* What a study is about. */
typedef struct ebb_study_info {
    size_t value_count;  /* numbers of a point: states and lets of the model */
    size_t free_count;   /* states that are not held */
    size_t guard_events; /* events that are off because they have a guard */
    size_t rate_events;  /* events by rate, off or at their mean */
    size_t noises;       /* states whose noise is off */
} ebb_study_info_t;

/**
 * What a study looks at, and what of the model it leaves out.
 *
 * @param[in] study  from ebb_study_new
 * @return by value. Thread-safe, cheap.
 */
ebb_study_info_t ebb_study_info(const ebb_study_t *study);

/**
 * Whether a study holds a state, and where.
 *
 * @param[in]  study  from ebb_study_new
 * @param[in]  state  as for ebb_model_scalar
 * @param[out] value  filled when it is held, by the settings, because its equation
 *                    says that it never changes, or because it is slow
 * @return whether it is held; false for a number that is no state's. Thread-safe,
 * cheap.
 */
bool ebb_study_holds(const ebb_study_t *study, size_t state, double *value);

/**
 * Whether a study holds a state because it is slower than the settings' slower_than.
 *
 * @param[in] study  from ebb_study_new
 * @param[in] state  as for ebb_model_scalar
 * @return false also for one that is held in any case. Thread-safe, cheap.
 */
bool ebb_study_holds_slow(const ebb_study_t *study, size_t state);

/* A parameter, trait or input of the model, or a state that the study holds. */
typedef struct ebb_study_number {
    ebb_scalar_kind_t kind;
    size_t index; /* as for ebb_model_scalar */
} ebb_study_number_t;

/* What is varied: up to 8 numbers that are led alike, such as a trait of both partners.
 */
typedef struct ebb_study_lead {
    const ebb_study_number_t *numbers;
    size_t count;
} ebb_study_lead_t;

/* --- equilibria ------------------------------------------------------------------- */

/* name, word. What the linear part says of an equilibrium, see docs/maths/study.md. */
#define EBB_STABILITY_LIST(X)                     \
    X(EBB_STABLE_NODE, "stable node")             \
    X(EBB_STABLE_SPIRAL, "stable spiral")         \
    X(EBB_SADDLE, "saddle")                       \
    X(EBB_UNSTABLE_NODE, "unstable node")         \
    X(EBB_UNSTABLE_SPIRAL, "unstable spiral")     \
    X(EBB_CENTRE, "centre: a pair on the border") \
    X(EBB_BORDER, "on the border: linearly undecided")

typedef enum ebb_stability {
#define EBB_STABILITY_ENUM(name, word) name,
    EBB_STABILITY_LIST(EBB_STABILITY_ENUM)
#undef EBB_STABILITY_ENUM
} ebb_stability_t;

/**
 * Word of a kind of equilibrium: "stable node".
 *
 * @param[in] stability  any of them
 * @return a static string; "" for another number.
 */
const char *ebb_stability_word(ebb_stability_t stability);

typedef struct ebb_eigenvalue {
    double re,
        im; /* per unit of the model's time; in discrete time, per step a factor */
} ebb_eigenvalue_t;

typedef struct ebb_equilibrium {
    const double *values; /* value_count of the study */
    /* the leading one first: largest real part, in discrete time largest size. As many
     * as there are free states; with delays the rightmost ones of infinitely many */
    const ebb_eigenvalue_t *eigenvalues;
    size_t eigenvalue_count, unstable_count; /* unstable: to the right of the border */
    ebb_stability_t stability;
    bool kink;       /* at a kink of the equations: eigenvalues are of one side of it */
    double residual; /* |R| that is left, relative to 1 + |x| [eq 102] */
} ebb_equilibrium_t;

#define EBB_STUDY_STARTS_MOST 100000

typedef struct ebb_equilibria_settings {
    size_t starts; /* from where to look, besides the study's start, at most
                      EBB_STUDY_STARTS_MOST; 0: 200 */
    double settle; /* how long equations are followed first, from a quarter of the
                      starts; 0: 50 (in discrete time steps) */
} ebb_equilibria_settings_t;

/* Ordered by their values, first state first. */
typedef struct ebb_equilibria {
    ebb_equilibrium_t *points;
    size_t count;
    size_t starts, arrived; /* starts of the search, and those that ended in a point */
    /* those whose point was outside the ranges of the states, or, without one, more
     * than ten times as far as where was looked; of the first of them, a state that was
     * outside, and its value there */
    size_t outside, outside_state;
    double outside_value;
    void *_memory;
} ebb_equilibria_t;

/**
 * Looks for all states at which the equations rest.
 *
 * Newton's method with damping, from many starts that are the same at each call
 * [eq 103]. It cannot prove that it found them all: how many of the starts arrived says
 * something, and more starts say more. A line of equilibria is reported as many points.
 *
 * @param[in]  study     of which model and numbers
 * @param[in]  settings  NULL: all defaults
 * @param[out] found     to be released with ebb_equilibria_free; may be none
 * @param[out] error     may be NULL
 * @return 0, also when none was found; EBB_ERR_ARGUMENT (all states are held),
 * EBB_ERR_LIMIT (too many starts, or too many delays for eigenvalues), EBB_ERR_MEMORY.
 * Cost: per start some twenty evaluations of the Jacobian; milliseconds for models of a
 * few states.
 */
int ebb_study_equilibria(const ebb_study_t *study,
                         const ebb_equilibria_settings_t *settings,
                         ebb_equilibria_t *found, ebb_error_t *error) EBB_MUST_CHECK;

/** Releases what ebb_study_equilibria filled; all zero is a no-op.
 *
 * @param[in,out] found  is all zero afterwards
 */
void ebb_equilibria_free(ebb_equilibria_t *found);

/* --- loop gain ---------------------------------------------------------------------
 */

/* Where a loop is cut, and at which equilibrium. */
typedef struct ebb_gain_settings {
    ebb_run_output_t cut; /* a let, or a state that is not held */
    ebb_run_output_t to;  /* what is observed: the same for the gain of the loop */
    const double *states; /* a point at rest, all states of the model; refined by
                             Newton's method. NULL: where the equations lead to from the
                             study's start */
} ebb_gain_settings_t;

/* The gain around a cut, or from a cut to elsewhere. */
typedef struct ebb_gain {
    double gain;   /* [eq 106], output per input */
    double closed; /* 1/(1 - gain): what the loop makes of a small push at the cut */
} ebb_gain_t;

/**
 * Loop gain at an equilibrium.
 *
 * The model is cut at a quantity: everything else reads a number instead of it, and the
 * gain is how much the quantity, at rest, answers to that number. It reaches 1 exactly
 * where the equilibrium disappears, as long as the cut model has not lost it before
 * [eq 107].
 *
 * @param[in]  study     of which model and numbers
 * @param[in]  settings  see there
 * @param[out] gain      filled
 * @param[out] error     may be NULL
 * @return 0, EBB_ERR_ARGUMENT (`cut` depends on nothing, or is only another name for
 * something else, which the text names), EBB_ERR_NUMERIC (no equilibrium near `states`,
 * or the cut model has none there), EBB_ERR_MEMORY.
 */
int ebb_study_gain(const ebb_study_t *study, const ebb_gain_settings_t *settings,
                   ebb_gain_t *gain, ebb_error_t *error) EBB_MUST_CHECK;

/* --- along a run ------------------------------------------------------------------ */

/* A moment of a run, at which nothing need be at rest. */
typedef struct ebb_study_moment {
    const double *states; /* of the model, all of them, finite */
    const double *inputs; /* of the model, all of them */
    double time;          /* in the model's unit, >= 0 */
} ebb_study_moment_t;

typedef struct ebb_study_moments {
    const ebb_study_moment_t *items;
    size_t count;
} ebb_study_moments_t;

/* Quantities between which links are looked for: lets (no other names of a state), or
 * states that are not held. */
typedef struct ebb_study_nodes {
    const ebb_run_output_t *items;
    size_t count; /* at most EBB_STUDY_LINKS_MOST */
} ebb_study_nodes_t;

/* Most quantities between which ebb_study_links looks. */
#define EBB_STUDY_LINKS_MOST 48

/**
 * Loop gain at the moments of a run.
 *
 * The formula of ebb_study_gain with the exact derivatives at the moment: what the
 * quantity would come to if it were seen a little larger, once all free states have
 * answered, with the held ones standing still. At an equilibrium of the free states it
 * is what ebb_study_gain says there. Which states are held is the study's; what at,
 * what the inputs are and the time come from the moment.
 *
 * @param[in]  study    of which parameters and traits
 * @param[in]  cut      a let, or a state that is not held
 * @param[in]  moments  of one run or of several
 * @param[out] gains    one for each moment; NaN where the gain is not defined: a state
 * of the moment is not finite, or the free states of the cut model would not settle
 * (which is not looked at in models with delays)
 * @param[out] error    may be NULL
 * @return 0, EBB_ERR_ARGUMENT as for ebb_study_gain, EBB_ERR_LIMIT, EBB_ERR_MEMORY.
 * Cost: milliseconds, and for each moment about one evaluation of the Jacobian.
 */
int ebb_study_gain_along(const ebb_study_t *study, ebb_run_output_t cut,
                         ebb_study_moments_t moments, double *gains,
                         ebb_error_t *error) EBB_MUST_CHECK;

/**
 * How fast each state goes back by itself, all others held: -dR_i/dx_i [eq 102].
 *
 * @param[in]  study    as for ebb_study_gain_along
 * @param[in]  moments  likewise
 * @param[out] paces    of each moment one number for each state of the model, per unit
 *                      of time (in discrete time, per step); NaN of held states
 * @param[out] error    may be NULL
 * @return 0, EBB_ERR_LIMIT, EBB_ERR_MEMORY.
 */
int ebb_study_paces(const ebb_study_t *study, ebb_study_moments_t moments,
                    double *paces, ebb_error_t *error) EBB_MUST_CHECK;

/**
 * How strongly some quantities move each other at the moments of a run.
 *
 * A strength is how much the one becomes larger for each unit of the other, all the
 * other quantities of the list held: of a let the exact derivative, of a state what it
 * comes to at rest, the derivative of its equation divided by its own pace. So along a
 * loop without short cuts the strengths multiply to its gain.
 *
 * @param[in]  study      as for ebb_study_gain_along
 * @param[in]  nodes      n quantities
 * @param[in]  moments    of one run or of several
 * @param[out] strengths  of each moment n rows of n numbers: row i, column j is the
 *                        strength of j on i; 0 where there is no link, NaN where it is
 *                        not defined (such as on a state that does not go back)
 * @param[out] error      may be NULL
 * @return 0, EBB_ERR_ARGUMENT, EBB_ERR_LIMIT, EBB_ERR_MEMORY.
 */
int ebb_study_links(const ebb_study_t *study, ebb_study_nodes_t nodes,
                    ebb_study_moments_t moments, double *strengths,
                    ebb_error_t *error) EBB_MUST_CHECK;

/* --- loop share ------------------------------------------------------------------- */

/* A link to be cut, and what is counted. */
typedef struct ebb_share_settings {
    ebb_run_output_t cut;     /* a let or state: others read `value` instead */
    double value;             /* NaN: its value at the equilibrium the start leads to */
    ebb_run_output_t outcome; /* a let or a state: its mean over times and couples */
    double from, length;      /* times that count, and how long a run is; > 0 */
    double every;             /* between two times that count; 0: (length - from)/200 */
    double step;              /* of methods with fixed steps; 0: 0.05 */
    uint64_t couples, seed;   /* 0 couples: 200 */
} ebb_share_settings_t;

typedef struct ebb_share {
    double with, without; /* mean outcome, with the link and without it */
    double share, error;  /* [eq 108], and its standard error; NaN for one couple. Both
                             are NaN or infinite where `with` is 0 */
    double value;         /* what was read instead */
    uint64_t couples;     /* that could be run both ways */
} ebb_share_t;

/**
 * Loop share by intervention: how much of an outcome exists only because of a link.
 *
 * All couples run twice with the same random numbers: as the model is, and with the
 * quantity `cut` replaced by a constant in the equations and events of everyone but its
 * owner (of a shared quantity: in all but its own). Noise and events are on, inputs are
 * constant at the study's values, held states stay held.
 *
 * @param[in]  study     of which model and numbers
 * @param[in]  settings  see there
 * @param[out] share     filled
 * @param[out] error     may be NULL
 * @return 0, EBB_ERR_ARGUMENT, EBB_ERR_NUMERIC (no couple could be run),
 * EBB_ERR_MEMORY. The share is of this outcome, these numbers and these times; nothing
 * bounds it to [0, 1].
 */
int ebb_study_share(const ebb_study_t *study, const ebb_share_settings_t *settings,
                    ebb_share_t *share, ebb_error_t *error) EBB_MUST_CHECK;

/* --- continuation ----------------------------------------------------------------- */

/* name, word */
#define EBB_LANDMARK_LIST(X)                                      \
    X(EBB_LANDMARK_NONE, "")                                      \
    X(EBB_LANDMARK_FOLD, "fold")                                  \
    X(EBB_LANDMARK_BRANCH, "branch point")                        \
    X(EBB_LANDMARK_HOPF, "Hopf point")                            \
    X(EBB_LANDMARK_PERIOD_DOUBLING, "period doubling")            \
    X(EBB_LANDMARK_TORUS, "torus: a pair leaves the unit circle") \
    X(EBB_LANDMARK_KINK, "kink")                                  \
    X(EBB_LANDMARK_END, "end")

/* What is special about a point of a branch. KINK: one of these happens there, or the
 * branch turns, because the equations have a kink and not smoothly. */
typedef enum ebb_landmark {
#define EBB_LANDMARK_ENUM(name, word) name,
    EBB_LANDMARK_LIST(EBB_LANDMARK_ENUM)
#undef EBB_LANDMARK_ENUM
} ebb_landmark_t;

/**
 * Word of a mark: "fold".
 *
 * @param[in] mark  any of them
 * @return a static string; "" for NONE and for another number.
 */
const char *ebb_landmark_word(ebb_landmark_t mark);

typedef struct ebb_branch_point {
    double number;        /* what is varied */
    const double *values; /* as in an equilibrium */
    ebb_eigenvalue_t leading;
    size_t unstable_count;
    ebb_landmark_t mark;
    double frequency; /* of a Hopf or torus point: radians per unit of time; else 0 */
} ebb_branch_point_t;

typedef struct ebb_branch_settings {
    ebb_study_lead_t lead;
    double low, high;     /* where the number may go, low < high; its start is the
                             study's value and must be within */
    const double *states; /* an equilibrium to begin at, as for ebb_study_gain; NULL:
                             where the equations lead to from the study's start */
    bool down;            /* begins towards lower numbers */
    double step;          /* greatest, in parts of high - low; 0: 0.02 */
    size_t points;        /* at most; 0: 2000 */
} ebb_branch_settings_t;

typedef struct ebb_branch {
    ebb_branch_point_t *points;
    size_t count;
    const char *end; /* static: why it ends */
    void *_memory;
} ebb_branch_t;

/**
 * Follows an equilibrium while one number changes, around folds.
 *
 * Pseudo-arclength continuation [eq 109]; folds, branch points and Hopf points are
 * located to about 1e-10 of the span [eq 110]. Branches that cross are reported, not
 * followed.
 *
 * @param[in]  study     of which model and numbers
 * @param[in]  settings  see there
 * @param[out] branch    to be released with ebb_branch_free
 * @param[out] error     may be NULL
 * @return 0, EBB_ERR_ARGUMENT (nothing to vary, or outside its range), EBB_ERR_NUMERIC
 * (no equilibrium to begin at), EBB_ERR_LIMIT, EBB_ERR_MEMORY.
 */
int ebb_study_continue(const ebb_study_t *study, const ebb_branch_settings_t *settings,
                       ebb_branch_t *branch, ebb_error_t *error) EBB_MUST_CHECK;

/** Releases what ebb_study_continue filled; all zero is a no-op.
 *
 * @param[in,out] branch  is all zero afterwards
 */
void ebb_branch_free(ebb_branch_t *branch);

/* --- sweep ------------------------------------------------------------------------ */

#define EBB_STUDY_STEPS_MOST 100000

typedef struct ebb_hysteresis_settings {
    ebb_study_lead_t lead;
    double from, to; /* led from `from` to `to` and back */
    size_t steps;    /* on each way, at most EBB_STUDY_STEPS_MOST; 0: 100 */
    double settle;   /* how long the equations are followed at each; 0: 150 */
    double nudge;    /* added to each state before, so that it may leave an unstable
                        equilibrium, relative to 1 + |x|; 0: 1e-9 */
    double jump;     /* what counts as one: share of the whole range of a state in the
                        sweep, and more than three even steps of it; 0: 0.2 */
} ebb_hysteresis_settings_t;

typedef struct ebb_hysteresis_row {
    double number;
    const double *values; /* after settling */
    bool back;            /* on the way back */
    bool moving;          /* had not come to rest: a cycle, or too little time */
    size_t jumped;        /* 1 + the state that jumped most on the way here; 0: none */
} ebb_hysteresis_row_t;

typedef struct ebb_hysteresis {
    ebb_hysteresis_row_t *rows;
    size_t count; /* 2 steps + 2 */
    void *_memory;
} ebb_hysteresis_t;

/**
 * Leads a number slowly up and down and lets the couple follow: hysteresis.
 *
 * With delays, each step begins with a past in which all was as it is at its start.
 *
 * @param[in]  study     of which model and numbers
 * @param[in]  settings  see there
 * @param[out] sweep     to be released with ebb_hysteresis_free
 * @param[out] error     may be NULL
 * @return 0, EBB_ERR_ARGUMENT, EBB_ERR_NUMERIC (a state became infinite, the text says
 * where), EBB_ERR_LIMIT (too many steps), EBB_ERR_MEMORY.
 */
int ebb_study_sweep(const ebb_study_t *study, const ebb_hysteresis_settings_t *settings,
                    ebb_hysteresis_t *sweep, ebb_error_t *error) EBB_MUST_CHECK;

/** Releases what ebb_study_sweep filled; all zero is a no-op.
 *
 * @param[in,out] sweep  is all zero afterwards
 */
void ebb_hysteresis_free(ebb_hysteresis_t *sweep);

/* --- cycle ------------------------------------------------------------------------ */

typedef struct ebb_limit_cycle_settings {
    double transient; /* before anything counts; 0: 500 */
    double window;    /* after it, in which the last return must fall; a period is
                         shorter; 0: 500 */
} ebb_limit_cycle_settings_t;

typedef struct ebb_limit_cycle {
    bool found; /* the last return agrees within 1e-5 with one of the four before it */
    bool rests; /* there is no cycle since the equations have come to rest */
    double period;
    double drift;             /* how far the last return is from that one, or from the
                                 nearest of the four, relative to the ranges of the
                                 states */
    size_t returns;           /* in the window */
    size_t section;           /* which state's rise through its middle is a return */
    const double *low, *high; /* of all states, over the last period */
    void *_memory;
} ebb_limit_cycle_t;

/**
 * Looks for a cycle to which the study's start leads.
 *
 * Returns are located within the steps of the method, the lowest and highest values are
 * those of 1000 moments of a period, exact to about 1e-5 of their range.
 *
 * @param[in]  study     in continuous time
 * @param[in]  settings  NULL: all defaults
 * @param[out] cycle     to be released with ebb_limit_cycle_free; `found` says whether
 * there is one. Cycles that repel are not found
 * @param[out] error     may be NULL
 * @return 0, also when there is none; EBB_ERR_ARGUMENT (discrete time), EBB_ERR_NUMERIC
 * (a state became infinite), EBB_ERR_MEMORY.
 */
int ebb_study_cycle(const ebb_study_t *study,
                    const ebb_limit_cycle_settings_t *settings,
                    ebb_limit_cycle_t *cycle, ebb_error_t *error) EBB_MUST_CHECK;

/** Releases what ebb_study_cycle filled; all zero is a no-op.
 *
 * @param[in,out] cycle  is all zero afterwards
 */
void ebb_limit_cycle_free(ebb_limit_cycle_t *cycle);

/* --- Lyapunov exponent ------------------------------------------------------------ */

typedef struct ebb_lyapunov_settings {
    double transient; /* before anything counts; 0: 200 */
    double length;    /* that counts; 0: 4000 */
    double stretch;   /* between two looks at the tangent vector; 0: 2 (in discrete time
                         whole steps) */
} ebb_lyapunov_settings_t;

typedef struct ebb_lyapunov {
    double exponent; /* largest, per unit of the model's time */
    double error;    /* 95 % from batch means [eq 112] */
    double length;   /* that counted */
} ebb_lyapunov_t;

/**
 * Largest Lyapunov exponent of where the study's start leads.
 *
 * Above 0: two couples that differ ever so little part exponentially. By the tangent
 * dynamics with the exact Jacobian [eq 111].
 *
 * @param[in]  study     without delays
 * @param[in]  settings  NULL: all defaults
 * @param[out] lyapunov  filled
 * @param[out] error     may be NULL
 * @return 0, EBB_ERR_ARGUMENT (delays, or more than 64 free states), EBB_ERR_NUMERIC (a
 * state became infinite), EBB_ERR_MEMORY. Cost: of a run of the length with twice the
 * states.
 */
int ebb_study_lyapunov(const ebb_study_t *study,
                       const ebb_lyapunov_settings_t *settings,
                       ebb_lyapunov_t *lyapunov, ebb_error_t *error) EBB_MUST_CHECK;

#endif
