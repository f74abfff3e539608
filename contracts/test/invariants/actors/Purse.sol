// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {Token} from "../../fixtures/Token.sol";

/// @title Token that counts its transfers by sender
contract Purse is Token {
    mapping(address from => uint256) public moves;

    function _update(address from, address to, uint256 value) internal override {
        ++moves[from];
        super._update(from, to, value);
    }
}
