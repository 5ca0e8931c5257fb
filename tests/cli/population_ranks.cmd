# as a launcher starts them: the first has the result, the others say nothing
ebb population hasty.ebb --format json >one
rank() { n=$1 && shift && OMPI_COMM_WORLD_RANK=$n OMPI_COMM_WORLD_SIZE=3 OMPI_COMM_WORLD_LOCAL_SIZE=${here-3} ebb population "$@" --format json; }
rank 2 hasty.ebb && rank 1 hasty.ebb && ls ebb-*
rank 0 hasty.ebb | cmp - one && echo same
ls -d ebb-* 2>/dev/null || echo put away
# at the same time, and the first alone does what the others left undone
rank 1 hasty.ebb & rank 2 hasty.ebb & rank 0 hasty.ebb | cmp - one && echo same; wait
rank 0 hasty.ebb --resume kept | cmp - one && ls kept
PMI_RANK=1 PMI_SIZE=2 ebb population hasty.ebb --resume pmi && ls pmi
# on several machines they need a folder that they share
here=1 rank 0 hasty.ebb --resume kept | cmp - one && echo same
here=1 rank 0 hasty.ebb
# one file of rows has one writer
for n in 1 0; do rank $n hasty.ebb --rows rows.csv; echo $?; done; ls rows.csv 2>/dev/null
# what is wrong is told once
for n in 2 1 0; do rank $n nothing.ebb; echo $?; done
# a launcher that is there: Open MPI or MPICH
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1
command -v mpirun >/dev/null || mpirun() { shift 2 && "$@"; }
mpirun -n 2 ebb population hasty.ebb --format json | cmp - one && echo launched
