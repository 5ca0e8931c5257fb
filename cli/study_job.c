/* SPDX-License-Identifier: MIT
 * From the command line to a study, and from a result to the output. */
#include "study_job.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gate.h"
#include "list.h"
#include "output.h"
#include "screen.h"
#include "talk.h"

/* What a library call says: a wrong argument is a wrong command line. */
exit_status_t study_tell(const study_job_t *job, int code, const ebb_error_t *error)
{
    return code == EBB_ERR_ARGUMENT ? usage_error(job->self, "%s", error->text)
           : code                   ? talk_error(error)
                                    : EXIT_OK;
}

static exit_status_t study_read_model(study_job_t *job)
{
    const string_list_t *operands = &job->operands;
    if (operands->count != 1) {
        return operands->count
                   ? usage_error(job->self, "takes one model, not '%s' as well",
                                 operands->items[1])
                   : usage_error(job->self, "needs a model; 'ebb model list' shows "
                                            "those that ship");
    }
    exit_status_t status = source_open(&job->source, operands->items[0]);
    status = status == EXIT_OK ? load_model(&job->model, &job->source) : status;
    if (status == EXIT_OK && job->values.scenario) {
        status = load_scenario(&job->scenario, job->model, &job->source,
                               job->values.scenario);
    }
    if (job->scenario) {
        job->scenario_info = ebb_scenario_info(job->scenario);
    }
    return status;
}

/* What a scenario declares is asked for before anything is studied. */
static int study_ask_gate(const study_job_t *job)
{
    return gate_ask(&(gate_question_t){
        .facts = job->scenario_info.facts,
        .scenario = job->scenario_info.name,
        .format = job->values.format,
        .output = job->values.output,
        .width = job->values.width,
    });
}

static exit_status_t study_read_numbers(study_job_t *job)
{
    const study_values_t *v = &job->values;
    const struct {
        assign_option_t option;
        assigned_t *into;
        const string_list_t *arguments;
    } all[] = {
        {{job->self, "set", NULL, ASSIGN_SET, false}, &job->assigned, &v->set},
        {{job->self, "a", "a", ASSIGN_SET, false}, &job->assigned, &v->a},
        {{job->self, "b", "b", ASSIGN_SET, false}, &job->assigned, &v->b},
        {{job->self, "start", NULL, ASSIGN_START, false}, &job->assigned, &v->start},
        {{job->self, "hold", NULL, ASSIGN_HOLD, false}, &job->held, &v->hold},
    };
    exit_status_t status = assign_open(&job->assigned, job->model);
    status = status == EXIT_OK ? assign_open(&job->held, job->model) : status;
    if (status == EXIT_OK && job->scenario) {
        const assigned_t *to = &job->assigned;
        ebb_model_numbers_t numbers = {to->params, to->traits, to->inputs, to->starts};
        ebb_scenario_numbers(job->scenario, v->time, numbers);
        job->result.scenario = &job->scenario_info;
    }
    for (size_t i = 0; i < sizeof all / sizeof *all && status == EXIT_OK; i++) {
        status = assign_all(all[i].into, job->model, &all[i].option, all[i].arguments);
    }
    return status != EXIT_OK ? status
           : job->only_inputs
               ? choose_inputs(&job->chosen, job->model, job->self, v->only)
               : choose_outputs(&job->chosen, job->model, job->self, v->only);
}

static exit_status_t study_make(study_job_t *job)
{
    const study_values_t *v = &job->values;
    ebb_study_settings_t *s = &job->settings;
    ebb_error_t error = {0};
    s->params = job->assigned.params;
    s->traits = job->assigned.traits;
    s->inputs = job->assigned.inputs;
    s->starts = job->assigned.starts;
    s->holds = job->held.starts;
    s->time = v->time;
    s->tolerance = v->tolerance;
    s->slower_than = v->slower_than;
    s->mean_events = v->events && strcmp(v->events, "mean") == 0;
    (void)ebb_method_of(v->method ? v->method : "auto", &s->method);
    return study_tell(job, ebb_study_new(&job->study, job->model, s, &error), &error);
}

/* Everything up to the study; what is wrong has been told. */
int study_open(study_job_t *job, int argc, char **argv)
{
    job->values.value = job->values.from = job->values.upto = (double)NAN;
    int status = options_parse(job->self, &job->values, &job->operands, argc, argv);
    if (status != OPTIONS_READ) {
        return status;
    }
    status = study_read_model(job);
    int answer = status == EXIT_OK ? study_ask_gate(job) : status;
    if (answer != OPTIONS_READ) {
        return answer;
    }
    status = study_read_numbers(job);
    status = status == EXIT_OK ? study_make(job) : status;
    job->result.model = job->model;
    job->result.study = job->study;
    job->result.settings = &job->settings;
    job->result.outputs = job->chosen.items;
    job->result.output_count = job->chosen.count;
    return status == EXIT_OK ? OPTIONS_READ : status;
}

void study_close(study_job_t *job)
{
    ebb_study_free(job->study);
    free(job->chosen.items);
    assign_free(&job->assigned);
    assign_free(&job->held);
    ebb_scenario_free(job->scenario);
    ebb_model_free(job->model);
    source_close(&job->source);
    list_free(&job->operands);
    options_free(job->self, &job->values);
}

static exit_status_t study_write(const study_job_t *job)
{
    const study_values_t *v = &job->values;
    const char *format = v->format ? v->format : "text";
    bool to_stdout = !v->output || strcmp(v->output, "-") == 0;
    const ebb_picture_opts_t opts = {
        .width = v->width    ? v->width
                 : to_stdout ? screen_width(STDOUT_FILENO)
                             : 0,
        .colour = to_stdout && screen_has_colour(STDOUT_FILENO),
    };
    ebb_text_t text = {0};
    int code = strcmp(format, "json") == 0 ? ebb_studied_json(&text, &job->result)
               : strcmp(format, "csv") == 0
                   ? ebb_studied_csv(&text, &job->result)
                   : ebb_studied_terminal(&text, &job->result, &opts);
    if (code) {
        ebb_text_free(&text);
        return talk_no_memory();
    }
    return output_text(v->output, &text);
}

/* Writes when the library found something, else tells why not. */
exit_status_t study_end(const study_job_t *job, int code, const ebb_error_t *error)
{
    return code ? study_tell(job, code, error) : study_write(job);
}

/* One state or let by its name. */
exit_status_t study_quantity(const study_job_t *job, const char *option,
                             const char *name, ebb_run_output_t *out)
{
    ebb_error_t error = {0};
    if (!name) {
        return usage_error(job->self, "needs --%s and the name of a state or a let",
                           option);
    }
    if (ebb_model_find(job->model, name, &out->kind, &out->index, &error)) {
        return usage_error(job->self, "--%s: %s", option, error.text);
    }
    return out->kind == EBB_SCALAR_STATE || out->kind == EBB_SCALAR_LET
               ? EXIT_OK
               : usage_error(job->self, "--%s: '%s' is no state and no let", option,
                             name);
}

/* What is varied, and between which numbers. */
exit_status_t study_lead(const study_job_t *job, ebb_study_number_t *numbers,
                         size_t *count)
{
    const study_values_t *v = &job->values;
    found_t found[FOUND_MOST];
    if (!v->vary || isnan(v->from) || isnan(v->upto)) {
        return usage_error(job->self, "needs --vary NAME, --from X and --to X");
    }
    *count = assign_find(job->model, v->vary, found);
    for (size_t i = 0; i < *count; i++) {
        numbers[i] = (ebb_study_number_t){found[i].kind, found[i].index};
    }
    return *count ? EXIT_OK : assign_unknown(job->self, job->model, v->vary);
}

exit_status_t study_renew(study_job_t *job)
{
    ebb_study_free(job->study);
    job->study = NULL;
    exit_status_t status = study_make(job);
    job->result.study = job->study;
    return status;
}
