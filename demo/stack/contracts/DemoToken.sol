// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title DemoToken
///
/// @notice The token that the demo pays with: 18 decimals, worth nothing, free for everyone.
contract DemoToken is ERC20 {
    /// @notice What one call of `faucet` gives: 100 DEMO.
    uint256 public constant FAUCET_AMOUNT = 100e18;

    constructor() ERC20("Demo token", "DEMO") {}

    /// @notice Mints 100 DEMO to `to`.
    ///
    /// @param to Receiver.
    function faucet(address to) external {
        _mint(to, FAUCET_AMOUNT);
    }
}
