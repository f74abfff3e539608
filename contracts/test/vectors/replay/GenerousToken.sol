// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

/// @title A token of which every caller has any amount
///
/// @notice Adds up what callers give away or let others take, by the token functions that the wallet knows: the worst case,
/// an approval being used at once.
contract GenerousToken {
    /// @notice What all calls together lost; stops at the greatest number.
    uint256 public lost;

    fallback() external payable {
        bytes4 selector = msg.sig;
        uint256 word;
        if (selector == 0x42966c68) {
            word = 0; // burn
        } else if (selector == 0x23b872dd) {
            word = 2; // transferFrom
        } else if (
            selector == 0xa9059cbb || selector == 0x1296ee62 || selector == 0x4000aea0 || selector == 0x095ea7b3
                || selector == 0x39509351 || selector == 0x3177029f || selector == 0xcae9ca51
        ) {
            word = 1; // transfer, transferAndCall, approve, increaseAllowance, approveAndCall
        } else {
            return;
        }
        // As the compiler reads arguments that are cut short: not at all.
        if (msg.data.length < 36 + 32 * word) revert();
        uint256 amount = uint256(bytes32(msg.data[4 + 32 * word:]));
        unchecked {
            lost = lost + amount < amount ? type(uint256).max : lost + amount;
        }
    }

    receive() external payable {}
}
