#include "experiments/matrices.h"

// Only what is used: Eigen is the longest to compile of all files otherwise.
#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>

namespace inceptoscope {

namespace {

using RowMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using DoubleRows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using View = Eigen::Map<const RowMatrix>;

Eigen::MatrixXd doubles(std::span<const float> values, size_t rows, size_t columns)
{
    return View(values.data(), Eigen::Index(rows), Eigen::Index(columns)).cast<double>();
}

/// Each row without its mean.
Eigen::MatrixXd centred(Eigen::MatrixXd matrix)
{
    const Eigen::VectorXd means = matrix.rowwise().mean();
    matrix.colwise() -= means;
    return matrix;
}

} // namespace

Separability separability(std::span<const float> kernels, size_t side)
{
    Separability result;
    const size_t size = side * side;
    size_t count = 0;
    for (size_t at = 0; at + size <= kernels.size(); at += size) {
        const Eigen::MatrixXd kernel = doubles(kernels.subspan(at, size), side, side);
        if (kernel.squaredNorm() == 0)
            continue; // says nothing
        const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(
            kernel.transpose() * kernel, Eigen::EigenvaluesOnly);
        const Eigen::VectorXd squares = solver.eigenvalues().cwiseMax(0.0);
        result.energyShare += squares.maxCoeff() / squares.sum();
        result.valueShare += std::sqrt(squares.maxCoeff()) / squares.cwiseSqrt().sum();
        ++count;
    }
    if (count > 0) {
        result.energyShare /= double(count);
        result.valueShare /= double(count);
    }
    return result;
}

ColumnSpace::ColumnSpace(std::span<const float> matrix, size_t rows, size_t columns)
    : m_rows(rows)
    , m_basis(rows * rows)
{
    // M's left singular vectors are the eigenvectors of M M^T, here with the largest last.
    const Eigen::MatrixXd m = doubles(matrix, rows, columns);
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(m * m.transpose());
    Eigen::Map<DoubleRows>(m_basis.data(), Eigen::Index(rows), Eigen::Index(rows)) =
        solver.eigenvectors().rowwise().reverse();
}

std::vector<float> ColumnSpace::keep(std::span<const float> vectors, size_t k) const
{
    const auto rows = Eigen::Index(m_rows);
    const size_t samples = vectors.size() / m_rows;
    const auto basis =
        Eigen::Map<const DoubleRows>(m_basis.data(), rows, rows).leftCols(Eigen::Index(k));
    const Eigen::MatrixXd along = basis.transpose() * doubles(vectors, m_rows, samples);
    std::vector<float> kept(vectors.size());
    Eigen::Map<RowMatrix>(kept.data(), rows, Eigen::Index(samples)) = (basis * along).cast<float>();
    return kept;
}

double largestDifference(std::span<const float> a, std::span<const float> b)
{
    double largest = 0;
    double difference = 0;
    for (size_t i = 0; i < a.size(); ++i) {
        largest = std::max(largest, std::abs(double(a[i])));
        difference = std::max(difference, std::abs(double(a[i]) - double(b[i])));
    }
    return largest > 0 ? difference / largest : 0;
}

double reconstructionError(
    std::span<const float> from, size_t fromChannels, std::span<const float> target,
    size_t targetChannels, size_t samples)
{
    const Eigen::MatrixXd x = centred(doubles(from, fromChannels, samples));
    const Eigen::MatrixXd y = centred(doubles(target, targetChannels, samples));
    if (y.squaredNorm() == 0)
        return 0;
    Eigen::MatrixXd gram = x * x.transpose();
    const double ridge = 1e-4 * gram.trace() / double(fromChannels) + 1e-12;
    gram.diagonal().array() += ridge;
    const Eigen::MatrixXd map = gram.ldlt().solve(x * y.transpose());
    return (y - map.transpose() * x).norm() / y.norm();
}

} // namespace inceptoscope
