// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {SsoAccount} from "../../../src/account/SsoAccount.sol";

/// @title Receives ETH, remembers how, and tries to take more while it is being paid
contract Till {
    SsoAccount private immutable ACCOUNT;
    address private immutable LOOT;

    uint256 public plain; // wei without data
    uint256 public paid; // wei by `pay`
    uint256 public largest; // wei at once
    uint256 public payments;
    uint256 public strays; // calls of other functions, or from others than the account; own calls that the account took

    /// @param loot Token that it tries to take.
    constructor(SsoAccount account, address loot) {
        (ACCOUNT, LOOT) = (account, loot);
    }

    receive() external payable {
        plain += msg.value;
        _note();
    }

    function pay(bool fails) external payable {
        require(!fails, "closed");
        paid += msg.value;
        _note();
        bytes memory data = abi.encodePacked(LOOT, uint256(0), abi.encodeWithSignature("transfer(address,uint256)", this, 1));
        _try(abi.encodeCall(SsoAccount.execute, (0, data)));
        _try(abi.encodeCall(SsoAccount.executeFromExecutor, (0, data)));
        _try(abi.encodeCall(SsoAccount.endSessions, ()));
    }

    fallback() external payable {
        ++strays;
    }

    function _try(bytes memory data) private {
        (bool done,) = address(ACCOUNT).call{gas: 30_000}(data);
        if (done) ++strays;
    }

    function _note() private {
        ++payments;
        if (msg.value > largest) largest = msg.value;
        if (msg.sender != address(ACCOUNT)) ++strays;
    }
}
