// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

/// @title Orchard
///
/// @notice 36 plots that anybody may plant. Planting on an occupied plot replants it, so that the demo never runs dry.
contract Orchard {
    /// @notice A plot as it stands now.
    struct Plot {
        /// Who planted last; zero while the plot is bare.
        address by;
        /// Block timestamp of the last planting, Unix seconds.
        uint64 plantedAt;
        /// How often the plot was planted.
        uint32 times;
    }

    /// @notice Number of plots; they are numbered 0–35.
    uint256 public constant PLOT_COUNT = 36;

    /// @notice Who sells the seedlings: an address without code or key that only collects DEMO.
    address public constant shop = address(uint160(uint256(keccak256("orchard.shop"))));

    /// @notice Where tips in ETH go: an address without code or key.
    address public constant tipJar = address(uint160(uint256(keccak256("orchard.tipJar"))));

    Plot[36] private _plots;

    /// @notice `by` planted on `plot`.
    event Planted(address indexed by, uint256 indexed plot, uint32 times, uint64 plantedAt);

    /// @notice There is no plot of this number.
    error NoSuchPlot(uint256 plot);

    /// @notice Plants on `plot`.
    ///
    /// @param plot Number of the plot, 0–35.
    function plant(uint256 plot) external {
        if (plot >= PLOT_COUNT) revert NoSuchPlot(plot);
        uint32 times = _plots[plot].times + 1;
        _plots[plot] = Plot({by: msg.sender, plantedAt: uint64(block.timestamp), times: times});
        emit Planted(msg.sender, plot, times, uint64(block.timestamp));
    }

    /// @notice All plots, by number.
    function plots() external view returns (Plot[36] memory) {
        return _plots;
    }
}
